using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;

namespace OptDsl.Generators.Lints.Fixes;

/// <summary>Tries edits on the rule: one mends a finding if the edited rule compiles and has one finding of its kind less.</summary>
internal static class FixTrial
{
    /// <summary>More than this many edits of one finding are not tried.</summary>
    private const int Most = 24;

    public static Finding KeepWorking(Finding finding, LintContext context)
    {
        if (finding.Fixes.IsEmpty)
            return finding;
        var working = finding.Fixes.Take(Most).Where(fix => Mends(fix, finding, context)).Take(2);
        return finding with { Fixes = [.. working] };
    }

    private static bool Mends(FormulaFix fix, Finding finding, LintContext context)
    {
        if (Apply(fix, context.Model.Source) is not { } edited)
            return true;
        if (FormulaCompiler.Compile(edited, context.Cancellation).Model is not { } model)
            return false;
        var after = RuleLints.Analyze(model, context.Options with { SuggestFixes = false }, context.Cancellation);
        return Count(after, finding.Id) < Count(context.Findings, finding.Id)
            && after.All(other => other.Id == finding.Id || context.Findings.Any(before => before.Id == other.Id));

        static int Count(IEnumerable<Finding> findings, string id) => findings.Count(other => other.Id == id);
    }

    /// <summary>The rule after the edit, or null for an edit that is no change of the formulas.</summary>
    private static RuleSource? Apply(FormulaFix fix, RuleSource source) => fix switch
    {
        ReplaceFix replace => source with { Formulas = Replace(source, replace.Span, replace.NewText) },
        ReplaceWithHyperFix replace => source with
        {
            Formulas = Replace(source, replace.Span, replace.NewText),
            Hypers = source.Hypers.Items.Add(new HyperSource(
                replace.Symbol, replace.Symbol, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, replace.Default)),
        },
        _ => null,
    };

    private static string Replace(RuleSource source, TextSpan span, string newText) =>
        source.Formulas.Substring(0, span.Start) + newText + source.Formulas.Substring(span.End);
}
