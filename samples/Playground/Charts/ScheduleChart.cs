using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Playground.Rules;

namespace OptDsl.Playground.Charts;

/// <summary>The value of a schedule at each step.</summary>
internal static class ScheduleChart
{
    private const int Steps = 200;

    public static Picture Draw(RuleModel model)
    {
        var run = new ScheduleRun(RuleProgram.Compile(model), Defaults.Of(model));
        var points = Enumerable.Range(1, Steps).Select(step => (X: (double)step, Y: run.At(step))).Where(point => double.IsFinite(point.Y)).ToArray();
        var top = points.Length == 0 || points.Max(point => point.Y) <= 0 ? 1 : 1.1 * points.Max(point => point.Y);
        var canvas = new Canvas(1, Steps, 0, top);
        canvas.Ticks([1, 50, 100, 150, 200], Canvas.Round(0, top));
        canvas.Curve(points, "own");
        return canvas.ToPicture("Schedule", points.Length == 0 ? "It has no value." : $"From {Canvas.Number(points[0].Y)} at t = {points[0].X:0} to {Canvas.Number(points[^1].Y)} at t = {points[^1].X:0}.");
    }
}
