using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// The part of the binder that makes choices between statements choices between values: what either side assigns is assigned
/// behind them, to the value of the side that the condition chooses.
/// </summary>
internal sealed partial class Binder
{
    /// <summary>A condition of more parts than this is a value of its own instead of standing in each of the choices.</summary>
    private const int MostRepeated = 64;

    private ChoiceSyntax BindChoice(ChoiceSyntax choice)
    {
        var condition = _expander.Expand(choice.Condition);
        var chooses = Bind(condition);
        _assignments.Enter();
        var whenTrue = BindItems(choice.WhenTrue);
        var first = _assignments.Leave();
        _assignments.Enter();
        var whenFalse = BindItems(choice.WhenFalse);
        var second = _assignments.Leave();
        var symbols = first.Order.Concat(second.Order).Distinct().ToList();
        if (symbols.Count > 1 && chooses.Nodes().Skip(MostRepeated).Any())
            chooses = new DefinedExpr(chooses.Span, Define(new Assignment(new LocalSymbol(Keywords.If), chooses, chooses.Span, chooses.Span)));
        foreach (var symbol in symbols)
            Merge(choice, chooses, symbol, first, second);
        return choice with { Condition = condition, WhenTrue = whenTrue, WhenFalse = whenFalse };
    }

    private void Merge(ChoiceSyntax choice, Expr condition, Symbol symbol, Assignments.Branch whenTrue, Assignments.Branch whenFalse)
    {
        var (isIn, isOut) = (Has(whenTrue), Has(whenFalse));
        var place = PlaceOf(isIn ? whenTrue : whenFalse);
        var waiting = isIn && isOut ? null : _assignments.TakeWaiting(symbol);
        if ((!(isIn && isOut) && waiting is null && !HasValue(symbol)) || (symbol is LocalSymbol && isIn && isOut && HaveTwoShapes(ValueOn(whenTrue), ValueOn(whenFalse))))
        {
            _assignments.SetPartial(symbol, choice);
            return;
        }

        var value = Choose(isIn && isOut ? choice.Span : place.Span, condition, ValueOn(whenTrue), ValueOn(whenFalse));
        Assign(new Assignment(symbol, value, place.TargetSpan, isIn && isOut ? choice.Span : place.Span), choice.Condition.Span);

        bool Has(Assignments.Branch branch) => branch.Definitions.ContainsKey(symbol) || branch.Waiting.ContainsKey(symbol);

        Expr ValueOn(Assignments.Branch branch) =>
            branch.Waiting.TryGetValue(symbol, out var assigned) ? assigned.Value
            : branch.Definitions.TryGetValue(symbol, out var definition) ? new DefinedExpr(definition.TargetSpan, definition)
            : waiting?.Value ?? Before(symbol, place.TargetSpan);

        (TextSpan TargetSpan, TextSpan Span) PlaceOf(Assignments.Branch branch) =>
            branch.Waiting.TryGetValue(symbol, out var assigned) ? (assigned.TargetSpan, assigned.Span)
            : branch.Definitions.TryGetValue(symbol, out var definition) ? (definition.TargetSpan, definition.StatementSpan)
            : (choice.Condition.Span, choice.Condition.Span);
    }

    /// <summary>True where a name of a matrix on one side is one of its transpose on the other: behind the choice it is neither.</summary>
    private static bool HaveTwoShapes(Expr whenTrue, Expr whenFalse) =>
        !IsUnsized(whenTrue) && !IsUnsized(whenFalse) && Shapes.Join(whenTrue.Cardinality, whenFalse.Cardinality) is null;

    /// <summary>True for a name that can be read where nothing of this choice is.</summary>
    private bool HasValue(Symbol symbol) =>
        symbol is StoredSymbol || _times.EarlyOf(symbol.Name) is not null || (_assignments.PartialOf(symbol) is null && (symbol.Name == _scope.Gradient || _assignments.Latest(symbol) is not null));

    private Expr Before(Symbol symbol, TextSpan span) => (_assignments.Latest(symbol), symbol) switch
    {
        ({ } definition, _) => new DefinedExpr(span, definition),
        (null, StoredSymbol stored) => new OldExpr(span, stored),
        (null, _) when _times.EarlyOf(symbol.Name) is { } before => new OldExpr(span, before),
        _ => new GradientExpr(span),
    };

    private void ReportPartial(NameSyntax syntax, ChoiceSyntax choice)
    {
        var (shown, condition) = (Text(syntax.Span), Text(choice.Condition.Span));
        var isIn = choice.WhenTrue.Assignments().Any(statement => _times.NameOf(statement.Target) == _times.NameOf(syntax));
        if (isIn && choice.WhenFalse.Assignments().Any(statement => _times.NameOf(statement.Target) == _times.NameOf(syntax)))
        {
            _errors.Report(FormulaErrorIds.Shape, syntax.Span, $"'{shown}' has another shape where '{condition}' holds than elsewhere, so that nothing behind the choice can read it; turn it back on that side, or give it a name on each");
            return;
        }

        _errors.Report(
            FormulaErrorIds.ReadBeforeValue, syntax.Span,
            $"'{shown}' has a value only where '{condition}' {(isIn ? "holds" : "does not hold")}; assign it in {(isIn ? "the 'else' branch" : "the 'if' branch")} as well, or before the 'if'");
    }
}
