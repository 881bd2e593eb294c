namespace OptDsl.Schedules;

/// <summary>Falls from the initial value to zero along a power of the time that is left (PyTorch's PolynomialLR).</summary>
[Schedule("""
    k = t - 1
    η_t = η (1 - min(k, n) / n)^p
    """)]
public sealed partial class PolynomialDecay
{
    /// <summary>The value at the first step.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>After how many steps the value is zero.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 1000;

    /// <summary>The power: 1 for a straight line.</summary>
    [Hyper("p", Min = 0)] public double Power { get; set; } = 1;
}
