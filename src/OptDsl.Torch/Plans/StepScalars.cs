using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Torch.Plans;

/// <summary>The values of one step that are the same for all tensors, in double: hyper-parameters, the step count, what they make together.</summary>
internal sealed class StepScalars
{
    private readonly Dictionary<Expr, double> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Definition, double> _definitions = [];
    private readonly IUpdateRule _rule;
    private readonly double[] _hypers;
    private readonly long _step;

    /// <summary>Reads the hyper-parameters of a rule at a step.</summary>
    public StepScalars(IUpdateRule rule, long step)
    {
        _rule = rule;
        _step = step;
        _hypers = [.. rule.Description.Hypers.Select((_, index) => rule.HyperAt(index, step))];
    }

    /// <summary>True for a condition that holds.</summary>
    public bool Holds(Expr condition) => Of(condition) != 0;

    /// <summary>The value of an expression of one value a step.</summary>
    public double Of(Expr expression)
    {
        if (!_values.TryGetValue(expression, out var value))
            _values.Add(expression, value = Compute(expression));
        return value;
    }

    private double Compute(Expr expression) => expression switch
    {
        HyperExpr { Symbol: { Base: { } now, Shift: var shift } } => _rule.HyperAt(now.Index, Math.Max(1, _step + shift)),
        HyperExpr hyper => _hypers[hyper.Symbol.Index],
        StepExpr => _step,
        DefinedExpr defined => Of(defined.Definition),
        _ => StepValue.Of(expression, Of),
    };

    private double Of(Definition definition)
    {
        if (!_definitions.TryGetValue(definition, out var value))
            _definitions.Add(definition, value = Of(definition.Value));
        return value;
    }
}
