using System.Collections.Immutable;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>A run of the rule on a few elements that can say what every expression came to.</summary>
internal sealed class Trial
{
    private readonly LintContext _context;
    private readonly ImmutableArray<StoredSymbol> _stored;
    private readonly double[][] _before;

    public Trial(LintContext context, double[] parameter, IReadOnlyList<double> hypers, ElementFormat? format = null)
    {
        _context = context;
        Run = context.Start(parameter, hypers, format, context.Observed);
        _stored = [context.Model.Parameter, .. context.Model.States];
        _before = [.. _stored.Select(symbol => new double[Current(symbol).Length])];
    }

    public RuleRun Run { get; }

    /// <summary>One step of the run, of which <see cref="Value"/> tells the values.</summary>
    public void Step(double[] gradient)
    {
        for (var index = 0; index < _stored.Length; index++)
            Array.Copy(Current(_stored[index]), _before[index], _before[index].Length);
        Run.Step(gradient);
    }

    /// <summary>The value of an expression in the last step, for an element.</summary>
    public double Value(Expr expression, int element = 0)
    {
        // What is stored is overwritten when the step is over.
        var values = expression is OldExpr old ? _before[_stored.IndexOf(old.Symbol)] : Run.Register(_context.Registers[expression]);
        return values[values.Length == 1 ? 0 : element];
    }

    /// <summary>True if everything that the rule keeps is a number.</summary>
    public bool IsFinite => Bad() is null;

    /// <summary>The statement whose result is not finite, and the element; the parameter's statement before others.</summary>
    public (Definition Definition, int Element)? Bad()
    {
        foreach (var symbol in _stored)
        {
            if (_context.Model.Final(symbol) is not { } final)
                continue;
            var values = Run.Value(final.Index);
            for (var element = 0; element < values.Length; element++)
            {
                if (double.IsNaN(values[element]) || double.IsInfinity(values[element]))
                    return (final, element);
            }
        }

        return null;
    }

    /// <summary>The innermost expression that is not finite although its operands are.</summary>
    public Expr Culprit(Definition definition, int element)
    {
        var node = definition.Value;
        while (Next(node) is { } inner)
            node = inner;
        return node;

        Expr? Next(Expr current) => current switch
        {
            DefinedExpr defined when IsBad(defined.Definition.Value) => defined.Definition.Value,
            ConditionalExpr conditional => new[] { conditional.Condition, Value(conditional.Condition, element) != 0 ? conditional.WhenTrue : conditional.WhenFalse }.FirstOrDefault(IsBad),
            _ => current.Children().FirstOrDefault(IsBad),
        };

        bool IsBad(Expr expression)
        {
            var value = Value(expression, element);
            return double.IsNaN(value) || double.IsInfinity(value);
        }
    }

    private double[] Current(StoredSymbol symbol) => symbol is StateSymbol state ? Run.State(state.Index) : Run.Parameter;
}
