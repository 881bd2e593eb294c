using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Passes;

/// <summary>
/// OPT303 for averages of the parameter itself. Proves: a state that starts as a copy of the parameter, and keeps a part of its old
/// value, leaves the parameter behind while nothing moves it, which no average of one and the same value does.
/// </summary>
internal static class PositionPass
{
    private const int Steps = 8;

    public static void Run(LintContext context)
    {
        if (context.Has(LintIds.WeightSum))
            return;
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
        var run = context.Start([1, -2], context.Typical);
        if (!run.State(state.Index).SequenceEqual(run.Parameter))
            return null;
        var (largest, moves) = (1.0, false);
        for (var step = 0; step < Steps; step++)
        {
            run.Step([0, 0]);
            largest = Math.Max(largest, Math.Abs(run.Parameter[0]));
            moves |= Math.Abs(run.Parameter[0] - 1) > 1e-9 || Math.Abs(run.Parameter[1] + 2) > 1e-9;
        }
        var values = run.State(state.Index);
        if (double.IsNaN(values[0]))
            return null;
        var isFar = Math.Abs(values[0]) > 1.05 * largest || (!moves && Math.Abs(values[0] - 1) > 1e-6 && Math.Abs(values[1] + 2) > 1e-6);
        return isFar ? values[0] : null;
    }
}
