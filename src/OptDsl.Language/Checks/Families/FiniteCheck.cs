using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Families;

/// <summary>OPT311 to OPT314: divisions, roots and logarithms that have no value.</summary>
internal sealed class FiniteCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.MissingEpsilon, LintIds.IneffectiveEpsilon, LintIds.NegativeRoot, LintIds.HyperDividesByZero];

    public override ImmutableArray<string> Borrows => [LintIds.WrongBiasCorrection, LintIds.MissingSquare];

    public override ImmutableArray<string> Asks => [LintIds.WrongBiasCorrection];

    public override ImmutableArray<Type> After => [typeof(ReadOrderCheck), typeof(SpikeCheck)];

    public override bool SeesChoices => true;

    public override void Run(LintContext context) => FiniteExamination.Run(context);
}
