namespace OptDsl.Schedules;

/// <summary>Falls from the initial value to the final one along a power of the time that is left (PyTorch's PolynomialLR falls to zero).</summary>
[Schedule("""
    k = t - 1
    η_t = ηₘ + (η - ηₘ) (1 - min(k, n) / n)^p
    """)]
public sealed partial class PolynomialDecay
{
    /// <summary>The value at the first step.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>The value from step <see cref="Steps"/> + 1 on.</summary>
    [Hyper("ηₘ")] public double Final { get; set; }

    /// <summary>The length of the fall in steps.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 1000;

    /// <summary>The power: 1 for a straight line.</summary>
    [Hyper("p", Min = 0)] public double Power { get; set; } = 1;
}
