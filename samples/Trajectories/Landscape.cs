using OptDsl.Training.Charts;

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

    /// <summary>The first quadratic with twice the slope across: the one of the recorded runs.</summary>
    public static Landscape Bowl { get; } = Create(
        "a bowl",
        (x, y) => 0.1 * x * x + 2 * y * y,
        (x, y) => (0.2 * x, 4 * y),
        (-5, -2), (0, 0), (-6, 3), (-3.2, 3.2),
        0.05, 0.25, 0.75, 1.5, 2.5, 4, 6, 9, 13, 18);

    /// <summary>Rosenbrock's valley: easy to fall into, hard to walk along.</summary>
    public static Landscape Ravine { get; } = Create(
        "a ravine",
        (x, y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x),
        (x, y) => (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
        (-1.2, 1), (1, 1), (-1.8, 1.8), (-0.6, 2),
        0.3, 1, 3, 8, 20, 50, 110, 220, 400);

    /// <summary>A saddle between two holes: the slope along the pass is all but zero at the start.</summary>
    public static Landscape Saddle { get; } = Create(
        "a saddle",
        (x, y) => 0.5 * x * x - 0.5 * y * y + 0.05 * y * y * y * y + 1.25,
        (x, y) => (x, -y + 0.2 * y * y * y),
        (-2.5, 0.02), (0, Math.Sqrt(5)), (-3.2, 3.2), (-3.2, 3.2),
        0.1, 0.4, 0.8, 1.2, 1.6, 2.2, 3, 4, 5.2);

    /// <summary>A shallow hole on the way to a deep one.</summary>
    public static Landscape TwoHoles { get; } = Create(
        "two holes",
        (x, y) => 0.05 * (x - 2) * (x - 2) + 0.15 * y * y - 0.5 * Bump(x + 1.2, y, 0.25) - 1.5 * Bump(x - 2, y, 0.6) + 1.5,
        (x, y) => (
            0.1 * (x - 2) + (x + 1.2) / 0.25 * Bump(x + 1.2, y, 0.25) + 3 * (x - 2) / 0.6 * Bump(x - 2, y, 0.6),
            0.3 * y + y / 0.25 * Bump(x + 1.2, y, 0.25) + 3 * y / 0.6 * Bump(x - 2, y, 0.6)),
        (-4, 0.8), (2, 0), (-4.6, 3.6), (-2.4, 2.4),
        0.25, 0.6, 1, 1.4, 1.6, 1.75, 1.9, 2.1, 2.4, 2.8, 3.3);

    private static double Bump(double x, double y, double width) => Math.Exp(-(x * x + y * y) / width);

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
