using System.Globalization;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Playground.Rules;

namespace OptDsl.Playground.Charts;

/// <summary>The way down a valley beside Adam's, each with the step size that is lowest on the whole way.</summary>
internal static class PathChart
{
    private const int Steps = 80;
    private const double First = 0.1, Smallest = 1e-5, Largest = 1e3;
    private static readonly Lazy<Walk> s_adam = new(() => Best(FormulaCompiler.Compile(RuleDocument.Read(Examples.Read("Adam"), "Adam").Source).Model!));

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
        return canvas.ToPicture("Path in a valley", $"After {Steps} steps f = 0.05x² + y² is {Canvas.Number(Loss(own))}, with Adam {Canvas.Number(Loss(adam))}; each with its best step size.");
    }

    private static string Rate(Walk walk) => walk.StepSize is { } rate ? $", step size {Canvas.Number(rate)}" : "";

    private static Walk Best(RuleModel model)
    {
        var values = Defaults.Of(model);
        var program = RuleProgram.Compile(model);
        var index = model.Hypers.Select((hyper, i) => (hyper, i)).Where(pair => IsStepSize(pair.hyper)).Select(pair => (int?)pair.i).FirstOrDefault();
        if (index is not { } rate)
            return Run(program, values, null);
        var (low, high) = (Math.Max(Smallest, model.Hypers[rate].Source.Min), Math.Min(Largest, model.Hypers[rate].Source.Max));
        var best = At(First);
        foreach (var factor in (double[])[3, 1 / 3.0, 1.5, 1 / 1.5])
        {
            while (At(best.StepSize!.Value * factor) is var next && next.StepSize != best.StepSize && Mean(next) < Mean(best))
                best = next;
        }

        return best;

        Walk At(double size)
        {
            var changed = (double[])values.Clone();
            changed[rate] = double.Parse(Math.Clamp(size, low, high).ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            return Run(program, changed, changed[rate]);
        }
    }

    private static bool IsStepSize(HyperSymbol hyper) => hyper.Source.Type == HyperType.Schedule || hyper.Source.Property is "StepSize" or "LearningRate";

    private static Walk Run(RuleProgram program, double[] values, double? stepSize)
    {
        var run = new RuleRun(program, [-4.3, -1.7], values);
        var path = new List<(double X, double Y)>(Steps + 1) { (-4.3, -1.7) };
        for (var step = 0; step < Steps && path[^1] is { X: > -50 and < 50, Y: > -50 and < 50 }; step++)
        {
            run.Step([0.1 * run.Parameter[0], 2 * run.Parameter[1]]);
            path.Add((run.Parameter[0], run.Parameter[1]));
        }

        return new Walk(path, stepSize);
    }

    /// <summary>The height on the whole way; of ways out of the valley the longest is the best.</summary>
    private static double Mean(Walk walk) => walk.Path.Count <= Steps ? 1e12 / walk.Path.Count : walk.Path.Average(Height);

    private static double Loss(Walk walk) => walk.Path.Count <= Steps ? double.PositiveInfinity : Height(walk.Path[^1]);

    private static double Height((double X, double Y) point) => 0.05 * point.X * point.X + point.Y * point.Y;

    private sealed record Walk(IReadOnlyList<(double X, double Y)> Path, double? StepSize);
}
