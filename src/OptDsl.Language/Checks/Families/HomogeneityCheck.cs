using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Families;

/// <summary>OPT322 to OPT324: the powers of gradients, weights and step size that a step grows with.</summary>
internal sealed class HomogeneityCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.Homogeneity, LintIds.MissingSquare, LintIds.MissingRoot];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent];

    public override ImmutableArray<Type> After => [typeof(FiniteCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context) => Degrees.Run(context);
}
