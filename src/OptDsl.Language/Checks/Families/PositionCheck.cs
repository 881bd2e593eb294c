using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT303 for averages of the parameter itself. Proves: a state that starts as a copy of the parameter, and keeps a part of its old
/// value, leaves the parameter behind while nothing moves it, which no average of one and the same value does.
/// </summary>
internal sealed class PositionCheck : Check
{
    private const int Steps = 8;

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
                $"the weights of {recurrence.State.Name} do not sum to 1: without gradients {context.Model.Parameter.Name} = 1 makes it {value.ToString("0.###", CultureInfo.InvariantCulture)} after {Steps} steps",
                WeightFixes.Complement(context, recurrence));
            return;
        }
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
        var isFar = Math.Abs(values[0]) > 1.05 * largest || (!moves && Math.Abs(values[0] - 1) > Tolerances.Measured && Math.Abs(values[1] + 2) > Tolerances.Measured);
        return isFar ? values[0] : null;
    }
}
