using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that repeats statements as often as a name says.</summary>
internal sealed partial class Binder
{
    /// <summary>
    /// A name that stands for a number is that number. A hyper-parameter may change between two steps: then each time up to its largest
    /// value is a choice, of which what is not chosen is not computed.
    /// </summary>
    private RepeatSyntax BindCounted(RepeatSyntax repeat, ExprSyntax times)
    {
        var bound = Bind(times);
        while (bound is DefinedExpr { Definition.Value: var value })
            bound = value;
        switch (bound)
        {
            case NumberExpr { Value: >= 1 and <= RepeatSyntax.MostTimes } number when number.Value == Math.Floor(number.Value):
                return BindRepeat(repeat with { Count = (int)number.Value, Times = null }) with { Times = times };
            case HyperExpr { Symbol.Source: { Type: HyperType.Double or HyperType.Single } hyper } when hyper.Max <= RepeatSyntax.MostTimes:
                return BindChosenTimes(repeat, times, (int)Math.Max(0, Math.Ceiling(hyper.Min)), (int)Math.Floor(hyper.Max));
            default:
                if (_errors.Count == 0)
                    ReportTimes(repeat, times, bound);
                return repeat with { Body = BindItems(repeat.Body) };
        }
    }

    private RepeatSyntax BindChosenTimes(RepeatSyntax repeat, ExprSyntax times, int least, int most)
    {
        var body = repeat.Body;
        for (var time = 1; time <= most && _errors.Count == 0; time++)
        {
            if (++_repetitions > MostRepetitions)
            {
                _errors.Syntax(repeat.Span, $"this may be repeated too often in all; give '{Text(times.Span)}' a smaller largest value");
                break;
            }

            var bound = time <= least
                ? BindItems(repeat.Body)
                : BindChoice(new ChoiceSyntax(repeat.Span, new BinarySyntax(times.Span, Op.GreaterOrEqual, times, new NumberSyntax(times.Span, time)), repeat.Body, [])).WhenTrue;
            body = time == 1 ? bound : body;
        }

        return repeat with { Body = body, Times = times };
    }

    private void ReportTimes(RepeatSyntax repeat, ExprSyntax times, Expr bound)
    {
        var shown = Text(times.Span);
        var usual = bound is HyperExpr { Symbol.Source.Default: >= 1 and <= RepeatSyntax.MostTimes and var value } ? Math.Floor(value) : 5;
        var remedy = bound is HyperExpr { Symbol.Source: { Type: HyperType.Double or HyperType.Single } hyper }
            ? $"'{shown}' can be set to any number; give it a largest value of at most {RepeatSyntax.MostTimes}, as in [Hyper(\"{hyper.Symbol}\", Max = 10)], or write the number"
            : bound is NumberExpr
            ? $"it is a whole number from 1 to {RepeatSyntax.MostTimes}"
            : $"'{shown}' changes from step to step or from tensor to tensor; write the number, or a hyper-parameter that has a largest value";
        _errors.Syntax(repeat.Times!.Span, $"how often this is repeated has to be known where it is compiled: {remedy}", new ReplaceFix($"Repeat {usual} times", repeat.Times.Span, FormattableString.Invariant($"{usual}")));
    }
}
