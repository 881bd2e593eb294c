using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 for what the degree of the whole step hides. Proves one of: among elements that are much larger, an element's step falls with
/// its gradient, or grows with the square of it; or of an outlier among settled gradients the step grows with the square.
/// </summary>
internal sealed class OutlierCheck : Check
{
    private const int Steps = 12;

    /// <summary>Constant gradients before the outlier.</summary>
    private const int Settled = 40;

    private const double Largest = 1e7;
    private static readonly double[] s_sizes = [1, 30, 900];
    private static readonly double[] s_outliers = [2, 4, 8, 16];

    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent, LintIds.Homogeneity, LintIds.MissingRoot, LintIds.MissingSquare];

    public override ImmutableArray<Type> After => [typeof(RangeCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        // What starts away from zero, or adds up, has no settled size to compare with.
        if (context.Domain != WeightDomain.All || context.Model.States.Any(state => context.Dependence.IsDriven(state) && context.InitialValue(state) is not 0)
            || context.Recurrences.Any(recurrence => recurrence.Driven && recurrence.SettledDecay >= 1 && context.Liveness.IsLive(recurrence.Final)))
            return;
        _ = ReportElement(context) || ReportOutlier(context);
    }

    /// <summary>Where something of the whole tensor takes its size away, each element still has one of its own.</summary>
    private static bool ReportElement(LintContext context)
    {
        if (!Expressions.Nodes(context.Model).Any(node => node is ReduceExpr && context.Dependence.IsDriven(node)))
            return false;
        var moves = s_sizes.Select(size => Move(context, size)).ToArray();
        var (low, high) = (Power(moves[1] / moves[0]), Power(moves[2] / moves[1]));
        if (!(Math.Abs(low - high) < 2 * Tolerances.Power) || high is > -0.7 and < 1.7 or > 3)
            return false;
        context.Report(
            LintIds.Homogeneity, context.Model.Final(context.Model.Parameter)!.StatementSpan,
            $"the size of the whole tensor is taken away, but that of each element is not as it should be: beside large gradients a gradient {Numbers.Of(s_sizes[1])} times as large makes a step {Numbers.Of(Math.Pow(s_sizes[1], high))} times as large");
        return true;

        static double Power(double ratio) => Math.Log(Math.Abs(ratio)) / Math.Log(s_sizes[1]);
    }

    /// <summary>How far the gradient moves an element beside a much larger one.</summary>
    private static double Move(LintContext context, double size)
    {
        double[] weights = [1, 1, 1];
        var run = context.Experiments.Start(weights, context.Undecayed);
        for (var step = 0; step < Steps; step++)
        {
            Array.Copy(weights, run.Parameter, weights.Length);
            var wave = (step % 3 == 1 ? -1 : 1) * (0.4 + (0.6 * Math.Abs(Scenario.Wave(step))));
            run.Step([size * wave, -size * wave, Largest * wave]);
        }

        return (run.Parameter[0] - run.Parameter[1]) / 2;
    }

    private static bool ReportOutlier(LintContext context)
    {
        // Conjugate gradients weigh the past with squares on purpose, and their steps grow with the gradient anyhow.
        var (small, large) = (context.Experiments.Moves(Situation.Constant(1, Steps))[Steps - 1], context.Experiments.Moves(Situation.Constant(100, Steps))[Steps - 1]);
        if (!(Math.Abs(large / small) is > 0.8 and < 1.2))
            return false;
        var moves = s_outliers.Select(size =>
            context.Experiments.Moves(new Situation(step => step < Settled ? 1 : size, Settled + 1) { Weight = 1 })[Settled]).ToArray();
        var powers = moves.Skip(1).Select((move, index) => Math.Log(Math.Abs(move / moves[index]), 2)).ToArray();
        if (!powers.All(power => power is > 1.4 and < 4))
            return false;
        context.Report(
            LintIds.Homogeneity, context.Model.Final(context.Model.Parameter)!.StatementSpan,
            $"an outlier makes a step that grows with the power {Numbers.Of(powers[1])} of it: a gradient {Numbers.Of(s_outliers[3])} times as large as those before moves {context.Model.Parameter.Name} {Numbers.Of(Math.Abs(moves[3] / moves[0]))} times as far as one twice as large, so that what was to bound the step makes it longer");
        return true;
    }
}
