using System.Collections.Immutable;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT303 for averages of the parameter itself. Proves: a state that starts as a copy of the parameter, and keeps a part of its old
/// value, leaves the parameter behind while nothing moves it, which no average of one and the same value does; or a result that starts
/// at zero goes past the parameter and on.
/// </summary>
internal sealed class PositionCheck : Check
{
    private const int Steps = 8;
    private const int Long = 50;

    public override ImmutableArray<string> Borrows => [LintIds.WeightSum];

    public override ImmutableArray<string> SilencedBy => [LintIds.WeightSum];

    public override void Run(LintContext context)
    {
        foreach (var recurrence in context.Recurrences.Where(recurrence => recurrence.SettledDecay > 0 && context.InitialValue(recurrence.State) is null))
        {
            if (Departure(context, recurrence.State) is not { } value)
                continue;
            context.Report(
                LintIds.WeightSum, recurrence.Final.StatementSpan,
                $"the weights of {recurrence.State.Name} do not sum to 1: without gradients {context.Model.Parameter.Name} = 1 {(double.IsInfinity(value) ? "drives it out of range" : $"makes it {Numbers.Of(value)}")} after {Steps} steps",
                WeightFixes.Complement(context, recurrence));
            return;
        }

        ReportOutput(context);
    }

    /// <summary>A result that follows the parameter alone and starts at zero goes past one at rest, and on.</summary>
    private static void ReportOutput(LintContext context)
    {
        foreach (var state in context.Model.States.Where(state => state.Source.Output && state.Cardinality == Cardinality.PerElement && context.InitialValue(state) is 0))
        {
            if (context.Model.Final(state) is not { } final || context.Dependence.Reads(final) is not { } reads || !reads.Contains(context.Model.Parameter) || !reads.Contains(state))
                continue;
            var run = context.Experiments.Start([1, -2], context.Typical);
            var (middle, last) = (Rest(context, run, state), Rest(context, run, state));
            var isLinear = Math.Abs(run.State(state.Index)[1] + (2 * last)) < Tolerances.Exact * Math.Abs(last);
            if (!isLinear || run.Parameter[0] != 1 || !(middle > 1.5) || !(last > 1.05 * middle))
                continue;
            var text = new FormulaText(context);
            var input = Expressions.Nodes(final.Value).FirstOrDefault(node => node is OldExpr { Symbol: ParameterSymbol } or DefinedExpr { Definition.Target: ParameterSymbol });
            context.Report(
                LintIds.WeightSum, final.StatementSpan,
                $"the weights of {state.Name} do not sum to 1: {context.Model.Parameter.Name} = 1 at rest makes it {Numbers.Of(middle)} after {Long} steps and {Numbers.Of(last)} after {2 * Long}",
                input is null ? [] : [new ReplaceFix($"Add a part of '{text.Of(input)} - {state.Source.Symbol}'", input.Span, $"({text.Of(input)} - {state.Source.Symbol})")]);
            return;
        }
    }

    private static double Rest(LintContext context, RuleRun run, StateSymbol state)
    {
        for (var step = 0; step < Long; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            run.Step([0, 0]);
        }

        return run.State(state.Index)[0];
    }

    /// <summary>What becomes of the state beside a parameter that rests at 1, or that decays, if it is not between the two.</summary>
    private static double? Departure(LintContext context, StateSymbol state)
    {
        var run = context.Experiments.Start([1, -2], context.Typical);
        if (!run.State(state.Index).SequenceEqual(run.Parameter))
            return null;
        var (largest, moves) = (1.0, false);
        for (var step = 0; step < Steps; step++)
        {
            run.Step([0, 0]);
            largest = Math.Max(largest, Math.Abs(run.Parameter[0]));
            moves |= Math.Abs(run.Parameter[0] - 1) > Tolerances.Exact || Math.Abs(run.Parameter[1] + 2) > Tolerances.Exact;
        }

        var values = run.State(state.Index);
        if (double.IsNaN(values[0]))
            return null;
        if (moves && Mixture(context, state) is { } mixed)
            return mixed;
        var isFar = Math.Abs(values[0]) > 1.05 * largest || (!moves && Math.Abs(values[0] - 1) > Tolerances.Measured && Math.Abs(values[1] + 2) > Tolerances.Measured);
        return isFar ? values[0] : null;
    }

    /// <summary>What one late step makes of it where all positions are 1 and nothing decays, if that is far from 1.</summary>
    private static double? Mixture(LintContext context, StateSymbol state)
    {
        var prober = context.Experiments.Probe();
        prober.SetHypers(context.Undecayed);
        prober.ResetStates();
        foreach (var position in context.Model.States.Where(other => context.InitialValue(other) is null))
            prober.SetOld(position, 1);
        return At(3) is var early && At(9) is var late && IsFar(early) && IsFar(late) ? late : null;

        double At(int age)
        {
            prober.Step(age, parameter: 1, gradient: 0);
            return prober.Result(context.Model.Final(state)!);
        }

        static bool IsFar(double value) => Math.Abs(value - 1) > 0.1;
    }
}
