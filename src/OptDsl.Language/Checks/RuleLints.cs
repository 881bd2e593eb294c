using System.Collections.Immutable;
using OptDsl.Language.Checks.Passes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>All analyses of a rule or schedule that compiles.</summary>
internal static class RuleLints
{
    public static ImmutableArray<Finding> Analyze(RuleModel model, LintOptions options, CancellationToken cancellation = default)
    {
        if (model.Source.Kind == Formulas.RuleKind.Schedule)
        {
            var context = new LintContext(model, options, cancellation);
            SchedulePass.Run(context);
            return context.Findings;
        }

        var findings = ImmutableArray<Finding>.Empty;
        foreach (var (variant, choice) in OptionVariants.Of(model, cancellation))
        {
            var found = AnalyzeVariant(variant, options, cancellation);

            // What is about a declaration, or is so with the defaults too, has been said.
            findings = choice == "" ? found : findings.AddRange(found
                .Where(finding => finding.Declaration is null && !findings.Any(other => other.Id == finding.Id && other.Span == finding.Span))
                .Select(finding => finding with { Message = $"{finding.Message}, where {choice}" }));
        }

        return findings;
    }

    private static ImmutableArray<Finding> AnalyzeVariant(RuleModel model, LintOptions options, CancellationToken cancellation)
    {
        var context = new LintContext(model, options, cancellation);
        UpdatePass.Run(context);
        if (context.Has(LintIds.ParameterNeverUpdated))
            return context.Findings;
        InfluencePass.Run(context);
        BiasCorrectionPass.Run(context);
        WeightSumPass.Run(context);
        CorrectionChainPass.Run(context);
        PositionPass.Run(context);
        GrowthPass.Run(context);
        SpikePass.Run(context);
        ReadOrderPass.Run(context);
        FinitePass.Run(context);
        DirectionPass.Run(context);
        if (!context.Has(LintIds.Ascent))
        {
            HomogeneityPass.Run(context);
            RangePass.Run(context);
            StepSizePass.Run(context);
            MemoryPass.Run(context);
            IdleDecayPass.Run(context);
            if (context.Model.Final(context.Model.Parameter) is not null)
                ParityPass.Run(context);
        }
        if (context.Model.Final(context.Model.Parameter) is not null)
            EqualityPass.Run(context);
        CoupledDecayPass.Run(context);
        return context.Findings;
    }
}
