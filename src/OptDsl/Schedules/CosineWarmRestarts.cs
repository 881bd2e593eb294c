namespace OptDsl.Schedules;

/// <summary>
/// Half cosines one after the other, each longer than the one before by a factor (PyTorch's CosineAnnealingWarmRestarts;
/// Loshchilov and Hutter, "SGDR", 2017). At the first step of a period the value is the initial one.
/// </summary>
/// <remarks>The tiny number in the formula keeps a period from starting a step late through rounding in the logarithm.</remarks>
[Schedule("""
    k = t - 1
    i = m == 1 ? floor(k / n) : floor(ln(1 + k (m - 1) / n) / ln(m) + 1e-9)
    p = n m^i
    s = m == 1 ? n i : n (m^i - 1) / (m - 1)
    η_t = ηₘ + (η - ηₘ) (1 + cos(π (k - s) / p)) / 2
    """)]
public sealed partial class CosineWarmRestarts
{
    /// <summary>The value at the first step of every period.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>The value that every period falls towards and does not reach.</summary>
    [Hyper("ηₘ")] public double Final { get; set; }

    /// <summary>The length of the first period in steps.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 100;

    /// <summary>How many times longer each period is than the one before.</summary>
    [Hyper("m", Min = 1)] public double Growth { get; set; } = 1;
}
