using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// The part of the binder that keeps the past: a state declared by a symbol of an earlier time, as <c>g_{t-1}</c>, is given its
/// new value at the end of the step, which is what that symbol means in the next.
/// </summary>
internal sealed partial class Binder
{
    /// <summary>Every time at which a name is read, whether or not it can be.</summary>
    private readonly Dictionary<string, SortedSet<int>> _reads = [];

    private readonly List<HyperSymbol> _shifted = [];

    /// <summary>The values of schedules at other steps than this.</summary>
    public IReadOnlyList<HyperSymbol> Shifted => _shifted;

    private IEnumerable<StateSymbol> Pasts => _scope.States.Where(state => state.Past is not null);

    private StateSymbol? PastOf(string name, int? index) =>
        index is { } offset ? Pasts.FirstOrDefault(state => state.Past == new PastValue(name, offset)) : null;

    /// <summary>The names in an expression as far as declarations tell them.</summary>
    private IEnumerable<NameSyntax> NamesIn(ExprSyntax expression) =>
        new WordExpander(_scope, _times, new NameErrors(_text, _scope, new ErrorSink(TextOrigin.Formulas))).Expand(expression).Nodes().OfType<NameSyntax>().Concat(expression.Nodes().OfType<NameSyntax>());

    private void CollectReads(IEnumerable<ItemSyntax> items)
    {
        var silent = new WordExpander(_scope, _times, new NameErrors(_text, _scope, new ErrorSink(TextOrigin.Formulas)));
        var expressions = Expressions(items).Select(silent.Expand).Concat(_scope.Helpers.Values.Select(helper => helper.Value));
        foreach (var name in expressions.SelectMany(expression => expression.Nodes()).OfType<NameSyntax>())
        {
            if (_times.IndexOf(name) is not { } index)
                continue;
            if (!_reads.TryGetValue(_times.NameOf(name), out var times))
                _reads.Add(_times.NameOf(name), times = []);
            times.Add(index);
        }
    }

    private static IEnumerable<ExprSyntax> Expressions(IEnumerable<ItemSyntax> items) => items.SelectMany(item => item switch
    {
        StatementSyntax statement => [statement.Value],
        RepeatSyntax repeat => Expressions(repeat.Body),
        ChoiceSyntax choice => Expressions(choice.WhenTrue.Concat(choice.WhenFalse)).Prepend(choice.Condition),
        _ => Enumerable.Empty<ExprSyntax>(),
    });

    /// <summary>The time at which a name has its newest value: that of its assignment, of the gradient the latest that is read.</summary>
    private int NowOf(string name) =>
        _times.HasNewIndex(name) || name != _scope.Gradient ? _times.NewIndexOf(name) : LatestRead(name) ?? 0;

    private int? LatestRead(string name) =>
        _reads.TryGetValue(name, out var times) && times.Where(time => PastOf(name, time) is null).ToList() is { Count: > 0 } now ? now.Max() : null;

    /// <summary>A schedule's value at the step, or where it is read at two times at another: what is now the gradient's time says, or else the step.</summary>
    private HyperExpr ReadHyper(HyperSymbol hyper, string name, NameSyntax syntax)
    {
        if (hyper.Source.Type != HyperType.Schedule || !_reads.TryGetValue(name, out var times) || times.Count < 2)
            return new HyperExpr(syntax.Span, hyper);
        var now = _scope.Gradient is { } gradient ? LatestRead(gradient) ?? 0 : 0;
        var shift = (_times.IndexOf(syntax) ?? now) - now;
        if (shift == 0)
            return new HyperExpr(syntax.Span, hyper);
        var shifted = _shifted.FirstOrDefault(other => other.Index != hyper.Index && other.Base == hyper && other.Shift == shift);
        if (shifted is null)
            _shifted.Add(shifted = new HyperSymbol($"{name}_{{{_times.Show(shift)}}}", _source.Hypers.Items.Length + _shifted.Count, hyper.Source) { Base = hyper, Shift = shift });
        return new HyperExpr(syntax.Span, shifted);
    }

    /// <summary>The new values of the states that keep the past.</summary>
    private void KeepPast()
    {
        if (_errors.Count > 0)
            return;
        foreach (var state in Pasts)
        {
            var (name, offset) = state.Past!;
            if (NextValue(state, name, offset) is { } value)
                Assign(new Assignment(state, value, value.Span, value.Span), value.Span);
        }
    }

    private Expr? NextValue(StateSymbol state, string name, int offset)
    {
        var (now, symbol) = (NowOf(name), _scope.Find(name));
        var shown = state.Source.Symbol;
        var isGradient = name == _scope.Gradient && !_scope.Assigned.Contains(name);
        if (symbol is HyperSymbol)
            return Refuse(state, $"'{shown}' would keep a hyper-parameter; a Schedule is read at two times as it is, without a state");
        if (!isGradient && (symbol is null || (symbol is not StoredSymbol && !_scope.Assigned.Contains(name))))
            return Refuse(state, $"'{shown}' keeps the past of '{name}', which is neither the gradient nor assigned by a statement");
        if (offset >= now)
            return Refuse(state, $"'{shown}' is no value of an earlier step: the newest is {name}_{{{_times.Show(now)}}}");
        if (offset == now - 1 && symbol is StoredSymbol)
            return Refuse(state, $"'{shown}' is the value of '{name}' before the step, which is there without a state of its own; remove this one");
        var place = isGradient || _assignments.Latest(symbol!) is not { } last ? _lastPlace : last.TargetSpan;
        if (offset == now - 1)
        {
            if (isGradient)
                return new GradientExpr(place);
            if (_assignments.PartialOf(symbol!) is { } choice)
                return Refuse(state, $"'{name}' has a value only on one side of '{Text(choice.Condition.Span)}'; assign it on both, so that '{shown}' has one in the next step");
            return _assignments.Latest(symbol!) is { } definition ? new DefinedExpr(place, definition) : null;
        }

        if (offset == now - 2 && symbol is StoredSymbol stored)
            return new OldExpr(place, stored);
        if (PastOf(name, offset + 1) is { } nearer)
            return new OldExpr(place, nearer);
        var missing = Missing(name, now, offset, symbol is StoredSymbol);
        return Refuse(
            state, $"'{shown}' is filled from {missing[missing.Count - 1]} at the end of a step, which no state keeps; declare {(missing.Count > 1 ? "all in between" : "that too")}",
            DeclarePast(missing));
    }

    private Expr? Refuse(StateSymbol state, string message, params FormulaFix[] fixes)
    {
        if (_errors.Count == 0)
            _errors.Add(new FormulaError(FormulaErrorIds.Past, TextOrigin.SymbolOf(state.Index), new TextSpan(0, state.Source.Symbol.Length), message, [.. fixes]));
        return null;
    }

    /// <summary>The symbols of the states that are missing to reach back to a time, the latest first.</summary>
    private List<string> Missing(string name, int now, int offset, bool isStored)
    {
        var missing = new List<string>();
        for (var time = now - (isStored ? 2 : 1); time >= offset; time--)
        {
            if (PastOf(name, time) is null)
                missing.Add($"{_scope.Display(name)}_{{{_times.Show(time)}}}");
        }

        return missing;
    }

    private static DeclareStateFix DeclarePast(List<string> symbols) =>
        new($"Declare {string.Join(" and ", symbols.Select(symbol => $"'{symbol}'"))}, which then {(symbols.Count > 1 ? "are" : "is")} kept", string.Join("\n", symbols));

    /// <summary>Reports a read further back than what is at hand.</summary>
    private NumberExpr ReportPast(NameSyntax syntax, string what, string name, int now, int index, bool isStored)
    {
        var missing = Missing(name, now, index, isStored);
        _errors.Report(
            FormulaErrorIds.ReadBeforeValue, syntax.Span,
            $"'{Text(syntax.Span)}' is {what}; what is further back has to be kept: declare {string.Join(" and ", missing.Select(symbol => $"[State(\"{symbol}\")]"))}",
            DeclarePast(missing));
        return new NumberExpr(syntax.Span, 0);
    }
}
