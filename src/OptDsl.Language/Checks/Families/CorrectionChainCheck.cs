using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Families;

/// <summary>OPT302 by the parts of a formula, where the step as a whole does not show it.</summary>
internal sealed class CorrectionChainCheck : Check
{
    public override ImmutableArray<string> Borrows => [LintIds.WrongBiasCorrection, LintIds.ReadOrder];

    public override ImmutableArray<string> SilencedBy => [LintIds.MissingBiasCorrection, LintIds.WrongBiasCorrection, LintIds.ReadOrder];

    public override ImmutableArray<Type> After => [typeof(WeightSumCheck)];

    public override void Run(LintContext context) => CorrectionChains.Run(context);
}
