using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>The edit that takes a decay out of the gradient and gives it to the step.</summary>
internal static class DecayFixes
{
    public static FormulaFix[] Decouple(LintContext context, Definition update)
    {
        var sums = DirectionFixes.AddedDecays(context).ToArray();
        if (sums.Length == 0 || update.Value is ConditionalExpr)
            return [];
        var text = new FormulaText(context);
        var removals = sums.Select(sum => new FormulaEdit(sum.Sum.Span, Rest(text, sum.Sum, sum.Term))).ToArray();
        return
        [
            .. StepSizes(context).SelectMany(hyper => "-+".Select(sign => new EditsFix(
                "Decouple the decay from the gradient",
                [.. removals, new FormulaEdit(new(update.StatementSpan.End, 0), $" {sign} {text.Product(hyper, text.Of(sums[0].Term))}")]))),
        ];
    }

    private static string Rest(FormulaText text, BinaryExpr sum, Expr term)
    {
        var rest = text.Of(ReferenceEquals(sum.Left, term) ? sum.Right : sum.Left);
        return text.Of(sum).StartsWith("(", StringComparison.Ordinal) ? FormulaText.Atom(rest) : rest;
    }

    /// <summary>The hyper-parameters that the step grows in proportion to, as the formulas write them.</summary>
    private static IEnumerable<string> StepSizes(LintContext context)
    {
        var once = Step(context, null);
        foreach (var hyper in context.Model.Hypers)
        {
            if (Math.Abs((Step(context, hyper) / once) - 2) < Tolerances.Fit && Expressions.Nodes(context.Model).OfType<HyperExpr>().FirstOrDefault(node => node.Symbol.Equals(hyper)) is { } node)
                yield return context.Text(node);
        }
    }

    private static double Step(LintContext context, HyperSymbol? doubled)
    {
        var hypers = doubled is null ? context.Typical : context.Typical.SetItem(doubled.Index, 2 * context.Typical[doubled.Index]);
        return context.Experiments.Moves(Situation.Constant(1, 1) with { Hypers = hypers })[0];
    }
}
