using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Lints.Passes;

namespace OptDsl.Generators.Lints;

/// <summary>All analyses of a rule that compiles.</summary>
internal static class RuleLints
{
    public static ImmutableArray<Finding> Analyze(RuleModel model, LintOptions options, CancellationToken cancellation = default)
    {
        if (model.Source.Kind != Formulas.RuleKind.UpdateRule)
            return [];
        var context = new LintContext(model, options, cancellation);
        UpdatePass.Run(context);
        if (context.Has(LintIds.ParameterNeverUpdated))
            return context.Findings;
        BiasCorrectionPass.Run(context);
        WeightSumPass.Run(context);
        ReadOrderPass.Run(context);
        FinitePass.Run(context);
        DirectionPass.Run(context);
        if (!context.Has(LintIds.Ascent))
            HomogeneityPass.Run(context);
        CoupledDecayPass.Run(context);
        return context.Findings;
    }
}
