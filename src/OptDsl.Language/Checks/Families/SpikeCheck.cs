using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT303 for a memory that takes back what it did. Proves: after one gradient, and none after it, every step undoes a large part of
/// the one before, and so on with turning signs, as no momentum does.
/// </summary>
internal sealed class SpikeCheck : Check
{
    private const int Steps = 8;

    /// <summary>The part of the last step that is taken back.</summary>
    private const double Part = 0.6;

    public override ImmutableArray<string> Borrows => [LintIds.WeightSum];

    public override ImmutableArray<string> SilencedBy => [LintIds.WeightSum];

    public override ImmutableArray<Type> After => [typeof(GrowthCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update)
            return;
        var moves = context.Experiments.Moves(Situation.Spike(1, Steps) with { PutsBack = false });
        for (var step = 2; step < Steps; step++)
        {
            if (!(moves[step] * moves[step - 1] < 0) || Math.Abs(moves[step]) < Part * Math.Abs(moves[step - 1]))
                return;
        }

        context.Report(
            LintIds.WeightSum, update.StatementSpan,
            $"every step takes back {Numbers.Of(-100 * moves[Steps - 1] / moves[Steps - 2])} % of the one before: after a single gradient {context.Model.Parameter.Name} swings to and fro",
            DirectionFixes.FlipReaders(context, update));
    }
}
