using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Finds which of several characters a finding is about: those that the first edit changes after which it is gone.</summary>
internal static class SlipPlaces
{
    /// <summary>More edits than these are not tried: each takes a rule of its own.</summary>
    private const int Most = 12;

    /// <param name="context">The rule.</param>
    /// <param name="candidates">The edits that may mend it, the likeliest first.</param>
    /// <param name="isMended">True for an edited rule of which the finding would not be said.</param>
    /// <returns>The characters, or null where no single edit mends it.</returns>
    public static TextSpan? Find(LintContext context, IEnumerable<FormulaFix> candidates, Func<LintContext, bool> isMended) =>
        candidates.OfType<ReplaceFix>().Take(Most).FirstOrDefault(fix => EditedRule.Apply(fix, context.Model.Source, context.Cancellation) is { } edited
            && isMended(new LintContext(edited, context.Options, context.Cancellation, context.Tally)))?.Span;
}
