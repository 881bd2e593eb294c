using OptDsl;

namespace LinearRegression;

/// <summary>A step size that is divided by ten every so many steps.</summary>
[Schedule("η = start · 0.1^floor((t - 1) / n)")]
public sealed partial class StepDecay
{
    /// <summary>The first step size.</summary>
    [Hyper("start", Min = 0)] public double Initial { get; init; } = 0.2;

    /// <summary>The steps between two divisions.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; init; } = 200;
}
