namespace OptDsl.Schedules;

/// <summary>
/// A straight line from a share of the peak to the peak (or to another share), then constant (PyTorch's LinearLR).
/// </summary>
[Schedule("""
    k = t - 1
    η_t = η (s + (e - s) min(k, n) / n)
    """)]
public sealed partial class LinearWarmUp
{
    /// <summary>The value that the shares are of.</summary>
    [Hyper("η")] public double Peak { get; set; } = 0.1;

    /// <summary>The share of the peak at the first step.</summary>
    [Hyper("s")] public double InitialShare { get; set; } = 1.0 / 3;

    /// <summary>The share of the peak from step <see cref="Steps"/> + 1 on.</summary>
    [Hyper("e")] public double FinalShare { get; set; } = 1;

    /// <summary>The length of the line in steps.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 1000;
}
