using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// OPT109: proves that no state is read where it does not exist. For every way in which its condition can fail to hold, what
/// the step then computes is walked through, from the new values back; choices that are decided by then lead one way only.
/// </summary>
internal sealed class AbsentStates
{
    private readonly StateSymbol _state;
    private readonly Truth _truth;
    private readonly HashSet<Definition> _seen = [];
    private readonly List<TextSpan> _reads = [];

    private AbsentStates(StateSymbol state, Truth truth) => (_state, _truth) = (state, truth);

    public static void Check(RuleModel model, ErrorSink errors)
    {
        var finals = new StoredSymbol[] { model.Parameter }.Concat(model.States).Select(model.Final).OfType<Definition>().ToList();
        foreach (var state in model.States.Where(state => state.IsConditional))
        {
            var reads = Truth.Failing(model.Conditions[state.Index]!).SelectMany(truth => new AbsentStates(state, truth).ReadsIn(finals));
            foreach (var span in reads.Distinct().OrderBy(span => span.Start))
                Report(model, state, span, errors);
        }
    }

    private List<TextSpan> ReadsIn(IEnumerable<Definition> definitions)
    {
        foreach (var definition in definitions)
            Visit(definition);
        return _reads;
    }

    private void Visit(Definition definition)
    {
        if (!_seen.Add(definition))
            return;
        if (definition is not { Target: StateSymbol { IsConditional: true }, Value: ConditionalExpr guarded })
            Visit(definition.Value);
        else if (_truth.Of(guarded.Condition) != false)
            Visit(guarded.WhenTrue);
    }

    private void Visit(Expr expression)
    {
        switch (expression)
        {
            case OldExpr { Symbol: var symbol } when symbol.Equals(_state):
            case DefinedExpr { Definition.Target: var target } when target.Equals(_state):
                _reads.Add(expression.Span);
                break;
            case DefinedExpr defined:
                Visit(defined.Definition);
                break;
            case ConditionalExpr choice when _truth.Of(choice.Condition) is { } holds:
                Visit(holds ? choice.WhenTrue : choice.WhenFalse);
                break;
            default:
                foreach (var child in expression.Children())
                    Visit(child);
                break;
        }
    }

    private static void Report(RuleModel model, StateSymbol state, TextSpan span, ErrorSink errors)
    {
        var (when, read) = (state.Source.When, model.Source.Formulas.Substring(span.Start, span.Length));
        errors.Report(
            FormulaErrorIds.AbsentState,
            span,
            $"'{read}' is read even where '{when}' does not hold, and there is no state {state.Source.Symbol} then; write '{when} ? … : …', with what takes its place",
            new ReplaceFix($"Read 0 where '{when}' does not hold", span, $"({when} ? {read} : 0)"));
    }
}
