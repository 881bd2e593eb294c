using OptDsl.Language.Checks;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Playground.Rules;

namespace OptDsl.Playground.Charts;

/// <summary>The way down a valley beside Adam's, each with the step size that is lowest on the whole way.</summary>
internal static class PathChart
{
    private const int Steps = 80;
    private static readonly Lazy<ValleyWalk> s_adam = new(() => Best(FormulaCompiler.Compile(RuleDocument.Read(Examples.Read("Adam"), "Adam").Source).Model!));

    public static Picture Draw(string name, RuleModel model)
    {
        var (own, adam) = (Best(model), s_adam.Value);
        var canvas = new Canvas(-5, 3, -2.4, 2.4);
        foreach (var level in (double[])[0.02, 0.1, 0.3, 0.7, 1.5, 3])
            canvas.Ellipse(Math.Sqrt(level / 0.05), Math.Sqrt(level));
        canvas.Ticks([-4, -2, 0, 2], [-2, 0, 2]);
        canvas.Curve(adam.Path, "other");
        canvas.Curve(own.Path, "own");
        canvas.Dot(own.Path[0].X, own.Path[0].Y, "start");
        canvas.Dot(own.Path[^1].X, own.Path[^1].Y, "end");
        canvas.Key(0, $"{name}{Rate(own)}", "own");
        canvas.Key(1, $"Adam{Rate(adam)}", "other");
        return canvas.ToPicture("Path in a valley", $"After {Steps} steps f = 0.05x² + y² is {Canvas.Number(own.Loss)}, with Adam {Canvas.Number(adam.Loss)}; each with its best step size.");
    }

    private static string Rate(ValleyWalk walk) => walk.StepSize is { } rate ? $", step size {Canvas.Number(rate)}" : "";

    private static ValleyWalk Best(RuleModel model) => ValleyWalk.Best(model, Defaults.Of(model), Steps);
}
