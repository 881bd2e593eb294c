using OptDsl.Language.Checks;
using OptDsl.Language.Formulas.Model;
using OptDsl.Playground.Rules;

namespace OptDsl.Playground.Charts;

/// <summary>The size of the step at every age under a constant gradient, beside that of a settled one.</summary>
internal static class TransientChart
{
    private const int Shown = 1000;
    private const double Highest = 8;

    public static Picture Draw(RuleModel model)
    {
        var measured = new ConstantGradient(model, Defaults.Of(model), Shown);
        var curve = measured.Response.Select((size, i) => (X: i + 1.0, Y: size)).ToArray();
        var largest = curve.MaxBy(point => point.Y);
        var top = Math.Clamp(double.IsFinite(largest.Y) ? 1.15 * largest.Y : Highest, 1.5, Highest);
        var canvas = new Canvas(1, Shown, 0, top, isLogarithmic: true);
        canvas.Ticks([1, 10, 100, 1000], Canvas.Round(0, top));
        canvas.HorizontalLine(1, "reference");
        canvas.Curve(curve, "own");
        return canvas.ToPicture("First steps", measured.Reference > 0
            ? $"Under a constant gradient the step at t = 1 is {Canvas.Number(curve[0].Y)} times {(measured.Settled is null ? $"that at t = {Shown}" : "the settled one")}, the largest {Canvas.Number(largest.Y)} times at t = {largest.X:0}."
            : "Under a constant gradient the steps come to nothing.");
    }
}
