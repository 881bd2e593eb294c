using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT202, OPT303 and OPT321 for a parameter that does not come to rest. Shows: after one gradient, and none after it, the parameter
/// goes on without bound. Either its distance from where it started is multiplied at every step, as where a copy of its past stays
/// what it was; or it keeps its pace while nothing else changes any more, as where a sum of all gradients moves it anew in every step.
/// </summary>
internal sealed class RunawayCheck : Check
{
    private const int Span = 48;

    public override ImmutableArray<string> Borrows => [LintIds.StateNeverUpdated, LintIds.WeightSum, LintIds.Ascent];

    public override ImmutableArray<string> SilencedBy => [LintIds.StateNeverUpdated, LintIds.WeightSum, LintIds.Ascent, LintIds.Homogeneity];

    public override ImmutableArray<Type> After => [typeof(ParityCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update || !context.Model.States.Any(state => context.Dependence.Reads(update).Contains(state)))
            return;
        var situation = Situation.Spike(1, 3 * Span) with { PutsBack = false };
        var run = context.Experiments.Start(situation);
        var driven = context.Model.States.Where(state => context.Dependence.Reads(update).Contains(state) && context.Dependence.IsDriven(state)).ToArray();
        var (distances, states) = (new double[3], new double[3][]);
        for (var third = 0; third < distances.Length; third++)
        {
            for (var step = 0; step < Span; step++)
                context.Experiments.Advance(run, situation, (third * Span) + step);
            distances[third] = Math.Abs(run.Parameter[0] - run.Parameter[1]) / 2;
            states[third] = [.. driven.Select(state => run.State(state.Index)[0])];
        }

        if (IsMultiplied(distances))
            ReportMultiplied(context, update, distances);
        else if (KeepsPace(distances) && states[1].SequenceEqual(states[2]))
            ReportSum(context);
    }

    private static bool IsMultiplied(double[] distances) =>
        distances[1] > 1.5 * distances[0] && (double.IsInfinity(distances[2]) || distances[2] / distances[1] > 0.95 * (distances[1] / distances[0]));

    private static bool KeepsPace(double[] distances)
    {
        var (first, second) = (distances[1] - distances[0], distances[2] - distances[1]);
        return first > 0.2 * distances[0] && second > 0.5 * first && !double.IsInfinity(second);
    }

    private static void ReportMultiplied(LintContext context, Definition update, double[] distances)
    {
        var name = context.Model.Parameter.Name;
        var factor = Math.Pow(distances[1] / distances[0], 1.0 / Span);
        var still = context.Model.States.FirstOrDefault(state => context.Model.Final(state) is null && context.Dependence.Reads(update).Contains(state));
        if (still is null)
            context.Report(LintIds.Ascent, update.StatementSpan, $"{name} runs away by itself: after a single gradient every step takes it {Numbers.Of(factor)} times as far from where it was");
        else
            context.Report(LintIds.StateNeverUpdated, still, $"no statement assigns the state {still.Name}, and {name} runs away from it: after a single gradient every step takes it {Numbers.Of(factor)} times as far");
    }

    private static void ReportSum(LintContext context)
    {
        var sum = context.Recurrences.FirstOrDefault(recurrence => recurrence is { Driven: true, Odd: true } && context.Liveness.IsLive(recurrence.Final)
            && recurrence.Decays.All(decay => Math.Abs(decay - 1) < Tolerances.Rounding) && context.InitialValue(recurrence.State) is not null);
        if (sum is null)
            return;
        var name = context.Model.Parameter.Name;
        context.Report(
            LintIds.WeightSum, sum.Final.StatementSpan,
            $"{sum.State.Name} adds up every gradient, forgets none and moves {name} in every step: after a single gradient {name} never comes to rest; a momentum decays, and what is computed from a sum starts from where {name} started");
    }
}
