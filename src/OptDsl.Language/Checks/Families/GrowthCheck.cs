using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT303 and OPT322 for what grows without bound. Proves one of: a state is multiplied by more than one at every step, whatever
/// the gradients; with large gradients a state is multiplied by its past again and again, so that it overflows within some dozen
/// steps; or the step itself keeps growing with the step count, long after every average has settled and every warm-up is over.
/// </summary>
internal sealed class GrowthCheck : Check
{
    private const double Large = 1000;

    /// <summary>Steps after which averages are settled enough, and ages beyond any warm-up.</summary>
    private const int Settled = 40;

    /// <summary>Steps without gradients, long enough for a factor just above one to show.</summary>
    private const int Resting = 100;

    private static readonly long[] s_farAges = [1_000_000, 1_000_001, 1_000_002, 100_000_000, 100_000_001, 100_000_002];

    public override ImmutableArray<string> Borrows => [LintIds.WeightSum, LintIds.Homogeneity];

    public override ImmutableArray<string> SilencedBy => [LintIds.WeightSum, LintIds.WrongBiasCorrection];

    public override ImmutableArray<Type> After => [typeof(PositionCheck), typeof(CorrectionChainCheck)];

    public override void Run(LintContext context)
    {
        _ = ReportRecurrence(context) || ReportRest(context) || ReportFeedback(context) || ReportAge(context);
    }

    /// <summary>A factor above one stays one however the step hides it, and in outputs that no step reads.</summary>
    private static bool ReportRecurrence(LintContext context)
    {
        var grown = context.Recurrences.FirstOrDefault(recurrence =>
            (recurrence.Driven || !recurrence.State.IsScalar) && context.Liveness.IsLive(recurrence.Final) && recurrence.SettledDecay is (> 1 + Tolerances.Measured or < -1 - Tolerances.Measured) and not (double.PositiveInfinity or double.NegativeInfinity)
            && !IsDividedOut(context, recurrence.SettledDecay) && Grows(context, recurrence));
        if (grown is null)
            return false;
        var factor = Math.Abs(grown.SettledDecay);
        var steps = Math.Ceiling(Math.Log(context.Options.Format.Max) / Math.Log(factor));
        context.Report(
            LintIds.WeightSum, grown.Final.StatementSpan,
            $"the old {grown.State.Name} enters the new one with the weight {Numbers.Factor(grown.SettledDecay)}: whatever the gradients, within {Numbers.Of(steps)} steps it is out of the range of {context.Options.Format.Name}",
            [.. WeightFixes.TurnSign(context, grown), .. WeightFixes.Forget(context, grown)]);
        return true;
    }

    /// <summary>What is no recurrence, as a maximum, but is multiplied by more than one at every step although nothing moves it.</summary>
    private static bool ReportRest(LintContext context)
    {
        var states = context.Model.States.Where(state => context.Dependence.IsDriven(state) && context.Model.Final(state) is { } final && context.Liveness.IsLive(final)
            && context.Recurrences.All(recurrence => !recurrence.State.Equals(state)) && context.Dependence.Reads(context.Model.Final(state)!).Contains(state)).ToArray();
        if (states.Length == 0)
            return false;
        var run = context.Experiments.Start([1, -1], context.Undecayed);
        for (var step = 0; step < 3; step++)
            run.Step([Scenario.Wave(step), -0.5]);
        var sizes = new double[3][];
        for (var third = 0; third < sizes.Length; third++)
        {
            for (var step = 0; step < Resting; step++)
                run.Step([0, 0]);
            sizes[third] = [.. states.Select(state => Math.Abs(run.State(state.Index)[0]))];
        }

        for (var index = 0; index < states.Length; index++)
        {
            var (first, second) = (sizes[1][index] / sizes[0][index], sizes[2][index] / sizes[1][index]);
            if (!(first > 1 + Tolerances.Measured && (double.IsPositiveInfinity(sizes[2][index]) || second > first * (1 - Tolerances.Measured))))
                continue;
            var factor = Math.Pow(first, 1.0 / Resting);
            if (IsDividedOut(context, factor))
                continue;
            context.Report(
                LintIds.WeightSum, context.Model.Final(states[index])!.StatementSpan,
                $"{states[index].Name} grows by itself: without gradients it is {(first > 1e6 ? Numbers.Ratio(first) : Numbers.Factor(first))} times as large after every {Resting} steps, until it is out of the range of {context.Options.Format.Name}");
            return true;
        }

        return false;
    }

    /// <summary>
    /// It does grow, where nothing but the states themselves moves them: two states may hold each other back, as the two positions of
    /// a momentum.
    /// </summary>
    private static bool Grows(LintContext context, Recurrence recurrence)
    {
        var run = context.Experiments.Start([1, -1], context.Undecayed);
        foreach (var state in context.Model.States.Where(context.Dependence.IsDriven))
            run.State(state.Index)[0] += 0.7;
        run.StepCount += 300;
        var (middle, factor) = (0.0, Math.Abs(recurrence.SettledDecay));
        for (var step = 1; step <= 200; step++)
        {
            run.Step([0, 0]);
            if (step == 100)
                middle = Math.Abs(run.State(recurrence.State.Index)[0]);
        }

        var growth = Math.Abs(run.State(recurrence.State.Index)[0]) / middle;
        return !(growth <= 1 + (0.5 * (Math.Min(Math.Pow(factor, 100), 1e6) - 1)));
    }

    /// <summary>The formulas raise the same factor to the step count, as AdaX does, to divide by what has grown.</summary>
    private static bool IsDividedOut(LintContext context, double factor)
    {
        var prober = context.Experiments.Probe();
        prober.Step(7, 1, 1);
        return context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Any(node => node is { Operator: Op.Power, Cardinality: Cardinality.PerStep } && context.Dependence.Reads(node.Right).Contains(Dependence.Step)
                && Math.Abs(prober.Value(node.Left) - factor) < Tolerances.Exact);
    }

    /// <summary>The past is multiplied by the size of the gradient, and so by a power of it that grows with every step.</summary>
    private static bool ReportFeedback(LintContext context)
    {
        var situation = Situation.Constant(Large, 48);
        var run = context.Experiments.Start(situation);
        var sizes = new List<double[]>();
        for (var step = 0; step < situation.Steps; step++)
        {
            context.Experiments.Advance(run, situation, step);
            if (step is 11 or 23 or 47)
                sizes.Add([.. context.Model.States.Select(state => Math.Abs(run.State(state.Index)[0]))]);
        }

        foreach (var state in context.Model.States)
        {
            if (context.Model.Final(state) is not { } final || !context.Liveness.IsLive(final) || !context.Dependence.IsDriven(state))
                continue;
            var (early, middle, late) = (sizes[0][state.Index], sizes[1][state.Index], sizes[2][state.Index]);
            if (!(early > 0) || !(middle > 1e3 * early) || late < 1e6 * middle || !IsMultiplied(context, state, final))
                continue;
            context.Report(
                LintIds.Homogeneity, final.StatementSpan,
                $"the old {state.Name} is multiplied by something that grows with the gradients: with gradients of {Numbers.Of(Large)} it grows by the factor {Numbers.Of(Math.Pow(middle / early, 1.0 / 12))} every step, until it overflows");
            return true;
        }

        return false;
    }

    /// <summary>Its own old value is multiplied by more than one where gradients are large, and not where they are small.</summary>
    private static bool IsMultiplied(LintContext context, StateSymbol state, Definition final)
    {
        var prober = context.Experiments.Probe();
        return Math.Abs(Slope(Large)) > 1.5 && Math.Abs(Slope(Tolerances.Exact)) < 1 + Tolerances.Measured;

        double Slope(double gradient)
        {
            return At(2) - At(1);

            double At(double old)
            {
                prober.SetOld(state, old);
                prober.Step(7, 1, gradient);
                return prober.Result(final);
            }
        }
    }

    /// <summary>
    /// Left out are rules with states that grow with age, as sums do, since a jump leaves those behind, and rules that compute the
    /// parameter anew, as dual averaging, where it and not its move grows with age.
    /// </summary>
    private static bool ReportAge(LintContext context)
    {
        if (context.Model.Final(context.Model.Parameter) is not { } update)
            return false;
        var reads = context.Dependence.Reads(update);
        var counters = context.Model.States.Where(state => reads.Contains(state) && !context.Dependence.IsDriven(state) && context.Model.Final(state) is not null).ToArray();
        if ((!reads.Contains(Dependence.Step) && counters.Length == 0) || !reads.Contains(context.Model.Parameter))
            return false;
        var areSettled = context.Model.States.Where(state => reads.Contains(state) && context.Dependence.IsDriven(state)).All(state =>
            context.InitialValue(state) is not null && context.Recurrences.Any(recurrence => recurrence.State.Equals(state) && recurrence.SettledDecay is >= 0 and < 1 && (recurrence.Decays.Length <= 2 || recurrence.Decays.All(decay => decay == recurrence.SettledDecay))));
        if (!areSettled)
            return false;
        var ages = Enumerable.Range(1, Settled).Select(age => (long)age).Concat(s_farAges);
        var moves = Moves(context, Situation.Constant(1, Settled + s_farAges.Length) with { Ages = [.. ages] }, counters);
        var (far, farther) = (Math.Abs(moves[Settled + 2]), Math.Abs(moves[Settled + 5]));
        // What falls with age and goes on below zero is for the check of the direction.
        if (moves[Settled - 1] * moves[Settled + 2] < 0)
            return false;
        if (!(far > 0) || !(farther > 3 * far || (double.IsInfinity(far) && !double.IsInfinity(moves[Settled - 1]))))
            return false;
        context.Report(
            LintIds.Homogeneity, StepFactor(context, update)?.Span ?? update.StatementSpan,
            $"the step grows with {context.Model.Source.Step} and without bound: {(double.IsInfinity(far) ? $"at {context.Model.Source.Step} = 10⁶ it is out of range" : $"with a constant gradient it is {Numbers.Of(farther / far)} times as long at {context.Model.Source.Step} = 10⁸ as at 10⁶")}",
            DegreeFixes.LeaveOutStep(context));
        return true;
    }

    /// <summary>The moves of a situation, with what counts steps counted on over the jumps.</summary>
    private static double[] Moves(LintContext context, Situation situation, StateSymbol[] counters)
    {
        var run = context.Experiments.Start(situation);
        var moves = new double[situation.Steps];
        var increments = new double[counters.Length];
        for (var step = 0; step < situation.Steps; step++)
        {
            var skipped = step == 0 ? 0 : situation.Ages[step] - situation.Ages[step - 1] - 1;
            for (var index = 0; index < counters.Length; index++)
            {
                var values = run.State(counters[index].Index);
                for (var element = 0; element < values.Length; element++)
                    values[element] += skipped * increments[index];
            }

            var before = counters.Select(counter => run.State(counter.Index)[0]).ToArray();
            context.Experiments.Advance(run, situation, step);
            moves[step] = (run.Parameter[0] - run.Parameter[1]) / 2;
            if (skipped > 0)
                continue;

            // A counter adds the same every time; what is multiplied settles or grows by itself.
            for (var index = 0; index < counters.Length; index++)
            {
                var increment = run.State(counters[index].Index)[0] - before[index];
                increments[index] = step == 0 || Math.Abs(increment - increments[index]) < Tolerances.Exact * Math.Abs(increment) ? increment : 0;
            }
        }

        return moves;
    }

    /// <summary>The first factor of a tensor that is the step count itself.</summary>
    private static Expr? StepFactor(LintContext context, Definition update) =>
        Reaches.Definitions(update.Value).Append(update).SelectMany(definition => Expressions.Nodes(definition.Value))
            .FirstOrDefault(node => node is StepExpr);
}
