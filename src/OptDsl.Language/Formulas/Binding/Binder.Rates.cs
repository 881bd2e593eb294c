using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that reads <c>η = η √(1-β₂ᵗ)/(1-β₁ᵗ)</c>: a rate that is corrected in its place.</summary>
internal sealed partial class Binder
{
    private readonly Dictionary<string, Symbol> _rates = [];

    /// <summary>
    /// A hyper-parameter's symbol with a correction by powers of a decay to the step: nobody corrects what was corrected before, so it is a value of this
    /// step, of the name with the time, and what stands below reads it. False where the statement is anything else.
    /// </summary>
    private bool BindRate(StatementSyntax statement, HyperSymbol hyper, string name, Expr value)
    {
        var local = $"{name}_{_scope.Step}";
        if (_scope.Step is not { Length: > 0 } || _assignments.IsInChoice || (!_rates.ContainsKey(name) && (_scope.IsDeclared(local) || _scope.Find(local) is not null)) || !IsCorrection(value, []))
            return false;
        if (statement.Operator is { } @operator)
            value = Elementwise(statement.Span, @operator, BindName(statement.Target), value);
        else if (!Reads(value, hyper))
            return false;
        var target = _scope.Local(local);
        Assign(new Assignment(target, value, statement.Target.Span, statement.Span), statement.Value.Span);
        _rates[name] = target;
        return true;
    }

    private bool Reads(Expr value, HyperSymbol hyper) =>
        value.Nodes().Any(node => (node is HyperExpr read && read.Symbol == hyper) || (node is DefinedExpr defined && _rates.ContainsValue(defined.Definition.Target)));

    /// <summary>True for a value with a power to the step, in itself or in the names that it reads.</summary>
    private static bool IsCorrection(Expr value, HashSet<Definition> seen) => value.Nodes().Any(node =>
        (node is BinaryExpr { Operator: Op.Power, Right: var exponent } && exponent.Nodes().Any(inner => inner is StepExpr))
        || (node is DefinedExpr { Definition: { Target: LocalSymbol } definition } && seen.Add(definition) && IsCorrection(definition.Value, seen)));
}
