using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>The way that a rule takes down a long valley, <c>f = 0.05x² + y²</c> from (-4.3, -1.7): a picture of its character.</summary>
/// <param name="Path">The start and the place after each step; shorter than was asked where it leaves the picture far behind.</param>
/// <param name="StepSize">The step size that was taken; null for a rule without one.</param>
internal sealed record ValleyWalk(IReadOnlyList<(double X, double Y)> Path, double? StepSize)
{
    private const double First = 0.1, Smallest = 1e-5, Largest = 1e3;

    /// <summary>What is left at the end; infinite for a way out of the valley.</summary>
    public double Loss { get; private init; }

    /// <summary>The walk with the step size whose way is the lowest on the whole: defaults are made for networks.</summary>
    /// <param name="model">A rule.</param>
    /// <param name="values">The value of each hyper-parameter.</param>
    /// <param name="steps">How many steps.</param>
    public static ValleyWalk Best(RuleModel model, IReadOnlyList<double> values, int steps)
    {
        var program = RuleProgram.Compile(model);
        var index = model.Hypers.Select((hyper, i) => (hyper, i)).Where(pair => IsStepSize(pair.hyper)).Select(pair => (int?)pair.i).FirstOrDefault();
        if (index is not { } rate)
            return Take(program, [.. values], null, steps);
        var (low, high) = (Math.Max(Smallest, model.Hypers[rate].Source.Min), Math.Min(Largest, model.Hypers[rate].Source.Max));
        var best = At(First);
        foreach (var factor in (double[])[3, 1 / 3.0, 1.5, 1 / 1.5])
        {
            while (At(best.StepSize!.Value * factor) is var next && next.StepSize != best.StepSize && next.Mean(steps) < best.Mean(steps))
                best = next;
        }

        return best;

        ValleyWalk At(double size)
        {
            double[] changed = [.. values];
            changed[rate] = double.Parse(Math.Min(high, Math.Max(low, size)).ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            return Take(program, changed, changed[rate], steps);
        }
    }

    /// <summary>The height of the valley at a place.</summary>
    public static double Height(double x, double y) => 0.05 * x * x + y * y;

    private static bool IsStepSize(HyperSymbol hyper) => hyper.Source.Type == HyperType.Schedule || hyper.Source.Property is "StepSize" or "LearningRate";

    private static ValleyWalk Take(RuleProgram program, double[] values, double? stepSize, int steps)
    {
        var run = new RuleRun(program, [-4.3, -1.7], values);
        var path = new List<(double X, double Y)>(steps + 1) { (-4.3, -1.7) };
        for (var step = 0; step < steps && path[path.Count - 1] is { X: > -50 and < 50, Y: > -50 and < 50 }; step++)
        {
            run.Step([0.1 * run.Parameter[0], 2 * run.Parameter[1]]);
            path.Add((run.Parameter[0], run.Parameter[1]));
        }

        var (x, y) = path[path.Count - 1];
        return new ValleyWalk(path, stepSize) { Loss = path.Count <= steps ? double.PositiveInfinity : Height(x, y) };
    }

    /// <summary>The height on the whole way; of ways out of the valley the longest is the best.</summary>
    private double Mean(int steps) => Path.Count <= steps ? 1e12 / Path.Count : Path.Average(place => Height(place.X, place.Y));
}
