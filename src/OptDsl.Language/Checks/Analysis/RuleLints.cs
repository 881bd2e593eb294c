using System.Collections.Immutable;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>All analyses of a rule or schedule that compiles.</summary>
internal static class RuleLints
{
    public static ImmutableArray<Finding> Analyze(RuleModel model, LintOptions options, CancellationToken cancellation = default) => Analyze(model, options, tally: null, cancellation);

    /// <summary>The same, with what is run counted.</summary>
    public static ImmutableArray<Finding> Analyze(RuleModel model, LintOptions options, StepTally? tally, CancellationToken cancellation)
    {
        if (model.Source.Kind == Formulas.RuleKind.Schedule)
        {
            var context = new LintContext(model, options, cancellation, tally);
            context.Run(CheckOrder.Schedules);
            return context.Findings;
        }

        model = OptionVariants.WithSwitches(model, cancellation);
        var variants = OptionVariants.Of(model, cancellation).Select(variant => (Variant: variant, Findings: AnalyzeVariant(variant, options, tally, cancellation))).ToList();
        var findings = variants[0].Findings.ToBuilder();
        foreach (var (variant, found) in variants.Skip(1))
        {
            // What is about a declaration, or is so with the defaults too, has been said; not what is about the memory of a state that an option adds.
            findings.AddRange(found
                .Where(finding => (finding.Declaration is null || IsOfMemory(finding)) && !IsChosen(finding, variant) && !findings.Any(other => IsSame(other, finding)))
                .Select(finding => finding with { Message = $"{finding.Message}, where {variant.Choice}" }));
        }

        if (ReferenceEquals(variants[0].Variant.Model, model))
            return findings.ToImmutable();

        // What no choice of options uses is idle; what one leaves out is not.
        var liveness = new Liveness(model, Expressions.EffectiveNodes);
        return [.. findings.Where(finding => !finding.IsIdle || !IsUsed(finding))];

        bool IsUsed(Finding finding) => finding.Declaration is { } symbol
            ? liveness.IsLive(symbol)
            : model.Definitions.Any(definition => definition.StatementSpan == finding.Span && liveness.IsLive(definition));

        static bool IsSame(Finding first, Finding second) => first.Id == second.Id && first.Span == second.Span && first.Declaration?.Name == second.Declaration?.Name;

        static bool IsOfMemory(Finding finding) => finding.Id is LintIds.Stall or LintIds.RoundedDifference;

        // An option that leaves out a correction or a weight is there to leave it out.
        static bool IsChosen(Finding finding, OptionVariant variant) => !variant.AddsStates && finding.Id is LintIds.MissingBiasCorrection or LintIds.WeightSum or LintIds.UncorrectedByConvention;
    }

    private static ImmutableArray<Finding> AnalyzeVariant(OptionVariant variant, LintOptions options, StepTally? tally, CancellationToken cancellation)
    {
        var context = new LintContext(variant.Model, options, cancellation, tally);
        foreach (var check in CheckOrder.Rules)
        {
            if (variant.Choice == "" || variant.AddsStates || check.SeesChoices)
                context.Run(check);
            if (context.Has(LintIds.ParameterNeverUpdated))
                break;
        }

        return context.Findings;
    }
}
