using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Reads the condition while which a state exists. Memory comes and goes with it, so it must be the same for all elements of
/// all tensors and change only when somebody sets a property: it compares hyper-parameters, and knows no step and no schedule.
/// </summary>
internal sealed class StateConditions
{
    private readonly string _text;
    private readonly ErrorSink _errors;

    private StateConditions(string text, ErrorSink errors) => (_text, _errors) = (text, errors);

    /// <summary>The condition of a state, or null where it has none or the text is wrong.</summary>
    public static (Expr? Value, ImmutableArray<FormulaError> Errors) Bind(RuleSource source, StateSymbol state, Scope scope)
    {
        if (!state.IsConditional)
            return (null, []);
        var text = state.Source.When;
        var errors = new ErrorSink(TextOrigin.WhenOf(state.Index));
        var value = new StateConditions(text, errors).Read(source, state, scope);
        return (errors.Count == 0 ? value : null, errors.ToImmutable());
    }

    private Expr? Read(RuleSource source, StateSymbol state, Scope scope)
    {
        if (_text.Length > RuleSource.MaximumLength || Parser.ParseExpressionText(_text, new Vocabulary(scope.Step ?? ""), _errors) is not { } syntax)
        {
            if (_errors.Count == 0)
                _errors.Syntax(default, "the condition is no expression");
            return null;
        }

        var value = new Binder(source, _text, scope, _errors).BindExpression(syntax);
        if (_errors.Count > 0)
            return null;
        if (state.IsScalar)
            Report(value, $"'{state.Name}' holds one value {state.Cardinality.Of()}, which is no memory to save; leave When out, and choose in the statement that assigns it");
        CheckCondition(value);
        CheckLeaves(value);
        if (_errors.Count == 0 && !value.Nodes().Any(node => node is HyperExpr))
            Report(value, $"'{Text(value)}' is always the same; compare a hyper-parameter");
        if (_errors.Count == 0 && Truth.AtomsOf(value).Count > Truth.MostAtoms)
            Report(value, $"the condition makes more than {Truth.MostAtoms} comparisons; give it a bool hyper-parameter of its own");
        return value;
    }

    /// <summary>A number is no condition, though formulas read one as such.</summary>
    private void CheckCondition(Expr value)
    {
        switch (value)
        {
            case HyperExpr { Symbol.Source.Type: HyperType.Boolean or HyperType.Schedule }:
            case StepExpr or OldExpr:
            case BinaryExpr { Operator: >= Op.Less and <= Op.NotEqual }:
                break;
            case BinaryExpr { Operator: Op.And or Op.Or } both:
                CheckCondition(both.Left);
                CheckCondition(both.Right);
                break;
            case UnaryExpr { Operator: Op.Not } not:
                CheckCondition(not.Operand);
                break;
            default:
                var text = Text(value);
                var comparison = $"{text} ≠ 0";
                Report(value, $"'{text}' is a number and no condition; compare it, as in '{comparison}'", new ReplaceFix($"Change to '{comparison}'", value.Span, comparison));
                break;
        }
    }

    private void CheckLeaves(Expr value)
    {
        foreach (var leaf in value.Nodes().OrderBy(node => node.Span.Start))
        {
            if (Why(leaf) is { } why)
                Report(leaf, $"a state cannot depend on '{Text(leaf)}', {why}; a condition compares hyper-parameters of type bool, double or float");
        }
    }

    private static string? Why(Expr leaf) => leaf switch
    {
        StepExpr => "which is another at every step",
        HyperExpr { Symbol.Source.Type: HyperType.Schedule } => "a schedule, which may have another value at every step",
        OldExpr => "which is a tensor",
        _ => null,
    };

    private void Report(Expr at, string message, params FormulaFix[] fixes) => _errors.Report(FormulaErrorIds.StateCondition, at.Span, message, fixes);

    private string Text(Expr value) => _text.Substring(value.Span.Start, value.Span.Length);
}
