using OptDsl;

namespace Trajectories;

/// <summary>Follows a rule downhill.</summary>
internal static class Descent
{
    /// <summary>The points visited, the start included.</summary>
    public static (double X, double Y)[] Run(IUpdateRule<double> rule, Landscape landscape, int iterations)
    {
        double[] x = [landscape.Start.X, landscape.Start.Y], gradient = [0, 0];
        var optimizer = new Optimizer<double>();
        optimizer.Add(rule, new Parameter<double>("x", x, gradient));
        var path = new (double X, double Y)[iterations + 1];
        path[0] = landscape.Start;
        for (var t = 1; t <= iterations; t++)
        {
            (gradient[0], gradient[1]) = landscape.Gradient(x[0], x[1]);
            optimizer.Step();
            path[t] = (x[0], x[1]);
        }

        return path;
    }

    /// <summary>The points visited on a function of one variable, the start included.</summary>
    public static double[] Run(IUpdateRule<double> rule, Func<double, double> slope, double start, int iterations)
    {
        var line = Landscape.Quadratic with { Gradient = (x, _) => (slope(x), 0), Start = (start, 0) };
        return [.. Run(rule, line, iterations).Select(point => point.X)];
    }
}
