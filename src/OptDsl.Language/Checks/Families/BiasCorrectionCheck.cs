using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Families;

/// <summary>OPT301, OPT302 and OPT304: averages that start at zero and are not corrected for it, or not as they need it.</summary>
internal sealed class BiasCorrectionCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.MissingBiasCorrection, LintIds.WrongBiasCorrection, LintIds.UncorrectedByConvention];

    public override ImmutableArray<string> Borrows => [LintIds.WeightSum, LintIds.ReadOrder];

    public override ImmutableArray<Type> After => [typeof(InfluenceCheck)];

    public override void Run(LintContext context) => BiasCorrection.Run(context);
}
