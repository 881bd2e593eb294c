using System.Collections.Immutable;
using OptDsl.Language.Checks.Passes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>
/// Tries edits on a rule: one mends a finding if the edited rule compiles, has one finding of its kind less and passes every other
/// check. That takes an analysis per edit, so it waits until somebody asks for fixes.
/// </summary>
internal sealed class FixTrial(RuleModel model, ImmutableArray<Finding> findings, LintOptions options, CancellationToken cancellation)
{
    /// <summary>More than this many edits of one finding are not tried.</summary>
    private const int Most = 24;

    /// <summary>The first two edits that mend the finding.</summary>
    public ImmutableArray<FormulaFix> Find(Finding finding) =>
        [.. finding.Candidates.Take(Most).Where(fix => Mends(fix, finding)).Take(2)];

    /// <summary>The rule after the edit, or null where it no longer compiles.</summary>
    public static RuleModel? Apply(FormulaFix fix, RuleSource source, CancellationToken cancellation) =>
        FormulaCompiler.Compile(Edited(fix, source), cancellation).Model;

    private bool Mends(FormulaFix fix, Finding finding)
    {
        if (Apply(fix, model.Source, cancellation) is not { } edited)
            return false;
        if (finding.Id == LintIds.WrongBiasCorrection && !BiasCorrectionPass.IsCorrected(new LintContext(edited, options, cancellation)))
            return false;
        if (finding.Id == LintIds.WeightSum && TurnsInput(edited))
            return false;
        if (fix is RemoveHyperFix && model.Source.Kind == RuleKind.UpdateRule && !IsComplete())
            return false;
        var after = RuleLints.Analyze(edited, options, cancellation);
        return Count(after, finding.Id) < Count(findings, finding.Id) && after.All(other => other.Id == finding.Id || LintIds.IsNote(other.Id));

        static int Count(IEnumerable<Finding> findings, string id) => findings.Count(other => other.Id == id);
    }

    /// <summary>An average whose weights sum to 1 but for the sign holds the opposite of what it is to hold.</summary>
    private bool TurnsInput(RuleModel edited) =>
        new LintContext(edited, options, cancellation).Recurrences.Any(after => Math.Abs(after.SettledSum + 1) < 1e-6)
        && !new LintContext(model, options, cancellation).Recurrences.Any(before => Math.Abs(before.SettledSum + 1) < 1e-6);

    /// <summary>Something else scales the step, and nothing else is wrong: then what is not used is not missing anywhere.</summary>
    private bool IsComplete() =>
        findings.All(other => other.Id == LintIds.UnusedHyper || LintIds.IsNote(other.Id)) && new LintContext(model, options, cancellation).Experiments.HasStepSize();

    private static RuleSource Edited(FormulaFix fix, RuleSource source) => fix switch
    {
        ReplaceFix replace => source with { Formulas = Replace(source.Formulas, [new FormulaEdit(replace.Span, replace.NewText)]) },
        EditsFix edits => source with { Formulas = Replace(source.Formulas, edits.Edits), Hypers = WithNew(source.Hypers, edits.Declares) },
        RemoveHyperFix remove => source with { Hypers = source.Hypers.Items.RemoveAll(hyper => hyper.Property == remove.Property) },
        ChangeDefaultFix change => WithHyper(source, change.Property, hyper => hyper with { Default = change.Default }),
        ChangeBoundFix change => WithHyper(source, change.Property, hyper => change.Bound == "Min" ? hyper with { Min = change.Value } : hyper with { Max = change.Value }),
        _ => throw new ArgumentException($"An analysis does not suggest a {fix.GetType().Name}.", nameof(fix)),
    };

    private static RuleSource WithHyper(RuleSource source, string property, Func<HyperSource, HyperSource> change) =>
        source with { Hypers = source.Hypers.Items.Select(hyper => hyper.Property == property ? change(hyper) : hyper).ToImmutableArray() };

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
