using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Playground.Rules;

namespace OptDsl.Playground.Charts;

/// <summary>The size of the step at every age under a constant gradient, beside that of a settled one.</summary>
internal static class TransientChart
{
    private const int Shown = 1000;
    private const int Run = 4500;
    private const double Near = 0.1;
    private const double Highest = 8;

    public static Picture Draw(RuleModel model)
    {
        var run = new RuleRun(RuleProgram.Compile(model), [1, 1], Defaults.Of(model));
        var steps = new double[Run];
        for (var i = 0; i < Run; i++)
        {
            // Each step from the same point: the two opposite elements cancel what decay does.
            run.Parameter[0] = run.Parameter[1] = 1;
            run.Step([1, -1]);
            steps[i] = Math.Abs(run.Parameter[0] - run.Parameter[1]) / 2;
            if (i == 200 && steps[200] == steps[0] && steps.Take(200).All(step => step == steps[0]))
            {
                Array.Fill(steps, steps[0], i, Run - i);
                break;
            }
        }

        var settled = Limit(steps[Run / 3 - 1], steps[2 * Run / 3 - 1], steps[^1]);
        var curve = steps.Take(Shown).Select((step, i) => (X: i + 1.0, Y: settled > 0 ? step / settled : 0)).ToArray();
        var largest = curve.MaxBy(point => point.Y);
        var top = Math.Clamp(double.IsFinite(largest.Y) ? 1.15 * largest.Y : Highest, 1.5, Highest);
        var canvas = new Canvas(1, Shown, 0, top, isLogarithmic: true);
        canvas.Ticks([1, 10, 100, 1000], Canvas.Round(0, top));
        canvas.HorizontalLine(1, "reference");
        canvas.Curve(curve, "own");
        return canvas.ToPicture("First steps", settled > 0
            ? $"Under a constant gradient the step at t = 1 is {Canvas.Number(curve[0].Y)} times the settled one, the largest {Canvas.Number(largest.Y)} times at t = {largest.X:0}."
            : "Under a constant gradient the steps come to nothing.");
    }

    /// <summary>What three values at equal distances tend to, if they come near it geometrically; else the last.</summary>
    private static double Limit(double first, double second, double third)
    {
        var limit = third - (third - second) * (third - second) / (third - second - (second - first));
        return Math.Abs(limit - third) <= Near * third ? limit : third;
    }
}
