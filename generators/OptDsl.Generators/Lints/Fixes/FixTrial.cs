using System.Collections.Immutable;
using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Lints.Passes;

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
        var working = finding.Fixes.Take(Most).Where(fix => Mends(fix, finding, context)).Take(2).ToImmutableArray();
        return finding with { Fixes = working, Span = Place(finding, working, context) };
    }

    /// <summary>Of several powers in a correction the one that an edit mends is to blame.</summary>
    private static TextSpan Place(Finding finding, ImmutableArray<FormulaFix> working, LintContext context)
    {
        if (finding.Id != LintIds.WrongBiasCorrection || working.FirstOrDefault() is not ReplaceFix fix)
            return finding.Span;
        return Expressions.Nodes(context.Model).OfType<BinaryExpr>()
            .Where(node => node.Operator == BinaryOperator.Power && node.Span.Start <= fix.Span.Start && node.Span.End >= fix.Span.End)
            .Select(node => node.Span).DefaultIfEmpty(finding.Span).First();
    }

    private static bool Mends(FormulaFix fix, Finding finding, LintContext context)
    {
        if (Apply(fix, context.Model.Source) is not { } edited)
            return true;
        if (FormulaCompiler.Compile(edited, context.Cancellation).Model is not { } model)
            return false;
        if (finding.Id == LintIds.WrongBiasCorrection && !BiasCorrectionPass.IsCorrected(new LintContext(model, context.Options, context.Cancellation)))
            return false;
        var after = RuleLints.Analyze(model, context.Options with { SuggestFixes = false }, context.Cancellation);
        return Count(after, finding.Id) < Count(context.Findings, finding.Id)
            && after.All(other => other.Id == finding.Id || LintIds.IsNote(other.Id) || context.Findings.Any(before => before.Id == other.Id));

        static int Count(IEnumerable<Finding> findings, string id) => findings.Count(other => other.Id == id);
    }

    /// <summary>The rule after the edit, or null for an edit that is no change of the formulas.</summary>
    private static RuleSource? Apply(FormulaFix fix, RuleSource source) => fix switch
    {
        ReplaceFix replace => source with { Formulas = Replace(source.Formulas, [new FormulaEdit(replace.Span, replace.NewText)]) },
        EditsFix edits => source with { Formulas = Replace(source.Formulas, edits.Edits), Hypers = WithNew(source.Hypers, edits.Declares) },
        _ => null,
    };

    private static EquatableArray<HyperSource> WithNew(EquatableArray<HyperSource> hypers, NewHyper? added) => added is null
        ? hypers
        : hypers.Items.Add(new HyperSource(added.Symbol, added.Symbol, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, added.Default));

    /// <summary>From the end on, so that places stay where they are.</summary>
    private static string Replace(string text, ImmutableArray<FormulaEdit> edits)
    {
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start).ThenByDescending(edit => edit.Span.End))
            text = text.Substring(0, edit.Span.Start) + edit.NewText + text.Substring(edit.Span.End);
        return text;
    }
}
