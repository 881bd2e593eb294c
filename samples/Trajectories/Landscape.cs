using OptDsl.Samples.Charts;

namespace Trajectories;

/// <summary>A function of two variables to descend.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">The function.</param>
/// <param name="Gradient">Its gradient.</param>
/// <param name="Start">Where the descent begins.</param>
/// <param name="Goal">Where the lowest point is, if there is one.</param>
/// <param name="X">What the picture shows of the first variable.</param>
/// <param name="Y">What the picture shows of the second variable.</param>
/// <param name="Lines">The contour lines.</param>
internal sealed record Landscape(
    string Name,
    Func<double, double, double> Value,
    Func<double, double, (double, double)> Gradient,
    (double X, double Y) Start,
    (double X, double Y)? Goal,
    Axis X,
    Axis Y,
    Contours Lines)
{
    /// <summary>0.1 x₁² + x₂², ten times steeper in one direction than in the other.</summary>
    public static Landscape Quadratic { get; } = Create(
        "0.1x₁² + x₂²",
        (x, y) => 0.1 * x * x + y * y,
        (x, y) => (0.2 * x, 2 * y),
        (-5, -2), (0, 0), (-6, 3), (-4, 4),
        0.05, 0.25, 0.75, 1.5, 2.5, 4, 6, 9, 13);

    private static Landscape Create(
        string name,
        Func<double, double, double> value,
        Func<double, double, (double, double)> gradient,
        (double X, double Y) start,
        (double X, double Y)? goal,
        (double Min, double Max) x,
        (double Min, double Max) y,
        params double[] levels) =>
        new(name, value, gradient, start, goal, Axis.Linear(x.Min, x.Max, "x₁"), Axis.Linear(y.Min, y.Max, "x₂"), new Contours(value, levels));
}
