using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT321 for a parameter that no steady gradient moves. Proves: gradients that stay the same, small or large, leave the parameter
/// where gradients of the opposite sign leave it.
/// </summary>
internal sealed class StillCheck : Check
{
    private const int Steps = 60;
    private static readonly double[] s_gradients = [1, 0.01, 300];

    public override ImmutableArray<string> Borrows => [LintIds.Ascent];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.StateNeverUpdated];

    public override ImmutableArray<Type> After => [typeof(EqualityCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update || !context.Dependence.IsDriven(update.Value) || !s_gradients.All(gradient => StandsStill(context, gradient)))
            return;
        var isDeaf = context.Experiments.Moves(Situation.Irregular(1, Steps) with { PutsBack = false, Hypers = context.Typical }).All(move => move == 0);
        context.Report(
            LintIds.Ascent, update.StatementSpan,
            isDeaf ? $"{context.Model.Parameter.Name} stands still: with these values no gradient moves it" : $"{context.Model.Parameter.Name} stands still: {Steps} steps with the same gradient of {string.Join(", ", s_gradients.Select(Numbers.Of))} leave it where the opposite ones do: it answers to changes of the gradient only",
            DirectionFixes.TurnComparisons(context));
    }

    private static bool StandsStill(LintContext context, double gradient)
    {
        var run = context.Experiments.Finish(Situation.Constant(gradient, Steps) with { PutsBack = false, Hypers = context.Typical });
        return run.Parameter[0] == run.Parameter[1];
    }
}
