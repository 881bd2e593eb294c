using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 for parameters that are not kept. Proves: without gradients most of the parameter is gone after a step, although the rule
/// reads it; or the parameter is computed anew from states that forget, so that nothing remembers where it was.
/// </summary>
internal sealed class MemoryCheck : Check
{
    private const int Deaf = 20;

    public override ImmutableArray<string> Borrows => [LintIds.Homogeneity, LintIds.StateNeverUpdated];

    public override ImmutableArray<string> SilencedBy => [LintIds.Ascent];

    public override ImmutableArray<Type> After => [typeof(StepSizeCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update || context.Domain != WeightDomain.All)
            return;
        var reads = context.Dependence.Reads(update);
        if (reads.Contains(context.Model.Parameter))
            _ = ReportMixed(context, update) || ReportTurned(context, update) || ReportWiped(context, update) || ReportPulled(context, update) || ReportDeaf(context, update);
        else
            ReportForgotten(context, update, reads);
    }

    /// <summary>It is mixed with a position, with weights that sum to 1, but that position starts at 0 and not where the parameter does.</summary>
    private static bool ReportMixed(LintContext context, Definition update)
    {
        var sums = context.Recurrences.Where(recurrence => recurrence is { Driven: true, State.IsScalar: false } && recurrence.Decays.Length == 1
            && Math.Abs(recurrence.SettledDecay - 1) < Tolerances.Rounding && context.InitialValue(recurrence.State) is 0 && context.Dependence.Reads(update).Contains(recurrence.State)).ToArray();
        if (sums.Length == 0)
            return false;
        var prober = context.Experiments.Probe();
        foreach (var sum in sums)
        {
            var (kept, taken) = (At(1, 0) - At(0, 0), At(0, 1) - At(0, 0));
            if (!(kept is > 0 and < 1 - Tolerances.Exact && taken > 0 && Math.Abs(kept + taken - 1) < Tolerances.Measured && Math.Abs(At(1, 1) - At(0, 0) - 1) < Tolerances.Measured))
                continue;
            context.Report(
                LintIds.Homogeneity, update.StatementSpan,
                $"{context.Model.Parameter.Name} is mixed with {sum.State.Name}, which starts at 0: without gradients {Numbers.Of(kept)} of it is left after a step; a position starts as {context.Model.Parameter.Name}");
            return true;

            double At(double parameter, double position)
            {
                prober.ResetStates();
                prober.SetOld(sum.State, position);
                return prober.Step(7, parameter, gradient: 0);
            }
        }

        return false;
    }

    /// <summary>Only the first gradients count: two elements whose later gradients are opposite go the same way.</summary>
    private static bool ReportDeaf(LintContext context, Definition update)
    {
        if (!context.Dependence.IsDriven(update.Value))
            return false;
        // Something may count steps for longer than is looked at, as a rule that acts every so many steps; what counts once is over late.
        long? late = !context.Typical.Any(value => value >= 10) ? null
            : Expressions.Nodes(context.Model).Any(node => node is CallExpr { Function: Op.Floor }) ? -1 : context.Experiments.FarAges.Last();
        if (late is -1 || !IsDeaf(context, late))
            return false;
        var state = context.Model.States.FirstOrDefault(state => context.Dependence.Reads(update).Contains(state) && context.Model.Final(state) is { Value: ConditionalExpr });
        context.Report(
            state is null ? LintIds.Homogeneity : LintIds.StateNeverUpdated, (state is null ? update : context.Model.Final(state)!).StatementSpan,
            $"only the first gradients reach {context.Model.Parameter.Name}: {(late is { } age ? $"at {context.StepAt(age)}" : $"after {Deaf} steps")} opposite gradients make the same steps{(state is null ? "" : $", since {state.Name} takes none in any more")}");
        return true;
    }

    private static bool IsDeaf(LintContext context, long? late)
    {
        var run = context.Experiments.Start(new Situation(_ => 0, 0));
        var before = 0.0;
        for (var step = 0; step < Deaf; step++)
            Step(opposite: false);
        if (late is { } age)
        {
            run.StepCount = age + context.Options.FirstStep - 2;
            Step(opposite: false);
        }

        if (!(Math.Abs(run.Parameter[0] - before) > Tolerances.Exact))
            return false;
        for (var step = 0; step < Deaf; step++)
            Step(opposite: true);
        return run.Parameter[0] == run.Parameter[1] && !double.IsNaN(run.Parameter[0]);

        void Step(bool opposite)
        {
            before = run.Parameter[0];
            var gradient = 0.5 + (0.3 * Scenario.Wave((int)(run.StepCount % 64)));
            run.Step([gradient, opposite ? -0.7 : gradient]);
        }
    }

    /// <summary>Without gradients a step turns its sign.</summary>
    private static bool ReportTurned(LintContext context, Definition update)
    {
        // What has seen no gradient yet may divide a decay by next to nothing.
        if (context.Model.States.Any(state => context.Dependence.Reads(update).Contains(state) && context.Dependence.IsDriven(state) && context.InitialValue(state) is not null))
            return false;
        var rested = context.Experiments.Rest([1, -1], 1);
        if (!(rested[0] < -Tolerances.Fit) || Math.Abs(rested[0] + rested[1]) > Tolerances.Exact)
            return false;
        context.Report(
            LintIds.Homogeneity, update.StatementSpan,
            $"without gradients a step makes {Numbers.Of(rested[0])} of {context.Model.Parameter.Name} = 1: more than all of it is taken away, where a decay takes a small part");
        return true;
    }

    /// <summary>A part of it stays, in proportion, but less than half.</summary>
    private static bool ReportWiped(LintContext context, Definition update)
    {
        var (one, two) = (context.Experiments.Rest([1, -1], 1), context.Experiments.Rest([2, -2], 1));
        var left = one[0];
        if (!(Math.Abs(left) is > Tolerances.Rounding and <= 0.6) || Math.Abs(one[1] + left) > Tolerances.Exact || Math.Abs(two[0] - (2 * left)) > Tolerances.Exact)
            return false;
        if (!(Math.Abs(context.Experiments.Rest([1, -1], 3)[0]) < 0.5) || context.Model.States.Any(state => context.InitialValue(state) is null))
            return false;
        // A weight that fades with age leaves most of it later.
        if (!(Math.Abs(context.Experiments.Probe().Step(100_000, parameter: 1, gradient: 0)) <= 0.6))
            return false;
        context.Report(
            LintIds.Homogeneity, update.StatementSpan,
            $"a step wipes {context.Model.Parameter.Name} out: without gradients {Numbers.Of(left)} of it is left, where a decay takes a small part");
        return true;
    }

    /// <summary>Something that started at zero pulls it there, and nothing that is there to make it decay has a part in it.</summary>
    private static bool ReportPulled(LintContext context, Definition update)
    {
        var weights = context.Experiments.Rest([1, -1], 24, context.Undecayed);
        var state = context.Model.States.FirstOrDefault(state => context.Dependence.Reads(update).Contains(state) && context.InitialValue(state) is 0
            && context.Model.Final(state) is { } final && context.Dependence.Reads(final).Contains(context.Model.Parameter));
        if (!(Math.Abs(weights[0]) < 0.8) || Math.Abs(weights[1] + weights[0]) > Tolerances.Exact)
            return false;
        if (state is null)
            return ReportLeak(context, update, weights[0]);
        context.Report(
            LintIds.Homogeneity, update.StatementSpan,
            $"{state.Name} starts at 0 and pulls {context.Model.Parameter.Name} there: without gradients {Numbers.Of(weights[0])} of it is left after 24 steps; a state that follows {context.Model.Parameter.Name} starts as {context.Model.Parameter.Name}");
        return true;
    }

    /// <summary>
    /// Every step, late ones too, keeps the same part of it, although no decay is there: a factor of the velocity may stand at the parameter.
    /// A part that the step size takes away is no leak: steps of Frank and Wolfe go that far towards a corner of their set.
    /// </summary>
    private static bool ReportLeak(LintContext context, Definition update, double left)
    {
        var kept = context.Experiments.Rest([1, -1], 1, context.Undecayed)[0];
        var run = context.Experiments.Start([1, -1], context.Undecayed);
        run.StepCount = 100_000;
        run.Step([0, 0]);
        if (!(kept is > 0 and < 0.99) || Math.Abs(run.Parameter[0] - kept) > Tolerances.Exact || Math.Abs(Math.Pow(kept, 24) - left) > Tolerances.Exact
            || Math.Abs(context.Experiments.Rest([2, -2], 1, context.Undecayed)[0] - (2 * kept)) > Tolerances.Exact
            || Enumerable.Range(0, context.Undecayed.Length).Any(IsTakenBy))
            return false;
        context.Report(
            LintIds.Homogeneity, update.StatementSpan,
            $"every step keeps only {Numbers.Of(kept)} of {context.Model.Parameter.Name}: without gradients {Numbers.Of(left)} of it is left after 24 steps, where a decay takes a small part");
        return true;

        bool IsTakenBy(int hyper)
        {
            var halved = context.Undecayed.SetItem(hyper, context.Undecayed[hyper] / 2);
            return Math.Abs((1 - kept) - (2 * (1 - context.Experiments.Rest([1, -1], 1, halved)[0]))) < Tolerances.Exact;
        }
    }

    /// <summary>Dual averaging computes it anew too, but from sums of all gradients; leaky ones keep nothing.</summary>
    private static void ReportForgotten(LintContext context, Definition update, HashSet<Symbol> reads)
    {
        var states = context.Model.States.Where(state => reads.Contains(state) && context.Dependence.IsDriven(state)).ToArray();
        var forgets = states.All(state => context.InitialValue(state) is not null
            && context.Recurrences.Any(recurrence => recurrence.State.Equals(state) && recurrence.SettledDecay is >= 0 and < 1 && recurrence.Decays.Length <= 2));
        if (!forgets || !context.Dependence.IsDriven(update.Value) || context.Model.States.Any(state => context.InitialValue(state) is null))
            return;
        context.Report(
            LintIds.Homogeneity, update.StatementSpan,
            $"{context.Model.Parameter.Name} is computed anew at every step and its old value is not read: where it started and every gradient that the averages have forgotten are lost");
    }
}
