using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT203 for a state that is read and has no part in the result. Shows: whatever value it is given in the middle of a run, the parameter
/// and the outputs go on as before. Rules with choices, bounds and signs are left out, since what
/// these take may matter in other steps.
/// </summary>
internal sealed class InertStateCheck : Check
{
    private const int Before = 5;
    private const int AfterSteps = 25;
    private const double Tolerance = 1e-10;

    private static readonly Func<double, double>[] s_changes = [_ => 0, value => -value, value => (2 * value) + 1, value => 10 * value];

    public override ImmutableArray<string> Borrows => [LintIds.WithoutInfluence];

    public override ImmutableArray<string> SilencedBy => [LintIds.StateNeverUpdated, LintIds.WithoutInfluence, LintIds.ReadOrder, LintIds.Ascent];

    public override ImmutableArray<Type> After => [typeof(StillCheck)];

    public override bool NeedsUpdate => true;

    public override void Run(LintContext context)
    {
        if (Expressions.Nodes(context.Model).Any(node => InfluenceCheck.IsBranch(node) || node is CallExpr { Function: Op.Max or Op.Min or Op.Sign }))
            return;
        foreach (var state in context.Model.States.Where(state => !state.IsConditional && !state.Source.Output && context.Dependence.IsDriven(state)
            && context.Model.Final(state) is { } final && context.Liveness.IsLive(state) && context.Liveness.IsLive(final)))
        {
            if (!s_changes.All(change => IsSame(Path(context, state, null), Path(context, state, change))))
                continue;
            context.Report(
                LintIds.WithoutInfluence, context.Model.Final(state)!.StatementSpan,
                $"{state.Name} cancels out of the step: whatever value it has, {context.Model.Parameter.Name} goes on as before");
            return;
        }
    }

    /// <summary>The parameter and the outputs after each step behind the change.</summary>
    private static List<double> Path(LintContext context, StateSymbol state, Func<double, double>? change)
    {
        var run = context.Experiments.Start([1, -2, 0.5], context.Typical);
        var path = new List<double>();
        for (var step = 0; step < Before + AfterSteps; step++)
        {
            if (step == Before && change is not null)
                Change(run.State(state.Index), change);
            var size = (step % 3) switch { 0 => 1, 1 => 0.1, _ => 10 };
            run.Step([size * Scenario.Wave(step), size * Scenario.Wave(step + 20), 0.1 * size]);
            path.AddRange(run.Parameter);
            foreach (var output in context.Model.States.Where(other => other.Source.Output))
                path.AddRange(run.State(output.Index));
        }

        return path;
    }

    private static void Change(double[] values, Func<double, double> change)
    {
        for (var element = 0; element < values.Length; element++)
            values[element] = change(values[element]);
    }

    private static bool IsSame(List<double> first, List<double> second)
    {
        for (var index = 0; index < first.Count; index++)
        {
            if (!(Math.Abs(first[index] - second[index]) <= Tolerance * Math.Max(1, Math.Abs(first[index]))))
                return false;
        }

        return true;
    }
}
