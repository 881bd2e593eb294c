using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Families;

/// <summary>OPT322 for the step size, in every range and at every age.</summary>
internal sealed class StepSizeCheck : Check
{
    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.Homogeneity];

    public override ImmutableArray<string> Asks => [LintIds.WeightSum];

    public override ImmutableArray<Type> After => [typeof(RangeCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context) => StepSizePowers.Run(context);
}
