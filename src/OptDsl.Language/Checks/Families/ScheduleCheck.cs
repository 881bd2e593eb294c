using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT203, OPT204, OPT313 and OPT314 of schedules. Proves by dependence what cannot change the value, and by example a step at which
/// the value is not finite: the first ones, far ones, and those at which the hyper-parameters are whole numbers of steps.
/// </summary>
internal sealed class ScheduleCheck : Check
{
    private static readonly long[] s_steps = [1, 2, 3, 4, 10, 100, 1000, 10_000, 1_000_000];

    public override ImmutableArray<string> Borrows => [LintIds.WithoutInfluence, LintIds.UnusedHyper, LintIds.NegativeRoot, LintIds.HyperDividesByZero];

    public override void Run(LintContext context)
    {
        var model = context.Model;
        foreach (var definition in model.Definitions.Where(definition => !context.Liveness.IsLive(definition)))
            context.Report(LintIds.WithoutInfluence, definition.StatementSpan, $"{definition.Target.Name} is computed but does not influence the value of the schedule");
        foreach (var hyper in model.Hypers.Where(hyper => !context.Liveness.IsLive(hyper)))
        {
            context.Report(
                LintIds.UnusedHyper, hyper, $"the hyper-parameter {hyper.Name} ({hyper.Source.Property}) has no influence on the value",
                new RemoveHyperFix($"Remove '{hyper.Source.Property}'", hyper.Source.Property));
        }

        var trial = context.Experiments.Observe([0], context.Defaults);
        foreach (var step in Steps(context))
        {
            trial.Run.StepCount = step - 1;
            trial.Step([0]);
            var value = trial.Run.Value(model.Result.Index)[0];
            if ((double.IsNaN(value) || double.IsInfinity(value)) && Report(context, trial, step))
                return;
        }
    }

    private static IEnumerable<long> Steps(LintContext context) =>
        s_steps.Concat(context.Defaults.Where(value => value is >= 1 and < 1e9).SelectMany(value => new[] { (long)value - 1, (long)value, (long)value + 1 }))
            .Where(step => step > 0).Distinct().OrderBy(step => step);

    private static bool Report(LintContext context, Trial trial, long step)
    {
        var culprit = trial.Culprit(context.Model.Result, 0);
        var at = "at " + context.StepAt(step);
        switch (culprit)
        {
            case BinaryExpr { Operator: Op.Divide } quotient when trial.Value(quotient.Right) == 0:
                context.Report(LintIds.HyperDividesByZero, quotient.Right.Span, $"'{context.Text(quotient.Right)}' is zero {at}, so the schedule has no value there", EpsilonFixes.FloorOfSteps(context, quotient.Right));
                return true;
            case BinaryExpr { Operator: Op.Power } power when trial.Value(power.Left) == 0:
                context.Report(LintIds.HyperDividesByZero, power.Left.Span, $"'{context.Text(power.Left)}' is zero {at} and has a negative exponent, so the schedule has no value there", EpsilonFixes.FloorOfSteps(context, power.Left));
                return true;
            case CallExpr { Function: Op.Sqrt or Op.Ln } call:
                context.Report(
                    LintIds.NegativeRoot, call.Span,
                    $"'{context.Text(call.Arguments[0])}' is {trial.Value(call.Arguments[0]).ToString("0.###", CultureInfo.InvariantCulture)} {at}, so the schedule has no value there",
                    call.Function == Op.Sqrt ? EpsilonFixes.Clamp(context, call, call.Arguments[0]) : Array.Empty<FormulaFix>());
                return true;
            default:
                return false;
        }
    }
}
