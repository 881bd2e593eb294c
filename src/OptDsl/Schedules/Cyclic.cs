namespace OptDsl.Schedules;

/// <summary>
/// Up and down in straight lines for ever (PyTorch's CyclicLR in its triangular mode; Smith, "Cyclical Learning Rates for
/// Training Neural Networks", 2017). The momentum's cycle is the same with the two ends exchanged.
/// </summary>
[Schedule("""
    k = t - 1
    n = u + d
    x = k / n - floor(k / n)
    r = u / n
    η_t = ηₘ + (η - ηₘ) (x ≤ r ? x / r : (1 - x) / (1 - r))
    """)]
public sealed partial class Cyclic
{
    /// <summary>The value at the first step of every cycle.</summary>
    [Hyper("ηₘ")] public double Initial { get; set; } = 0.01;

    /// <summary>The value at the turn.</summary>
    [Hyper("η")] public double Peak { get; set; } = 0.1;

    /// <summary>How many steps the way up takes.</summary>
    [Hyper("u", Min = 1)] public double StepsUp { get; set; } = 2000;

    /// <summary>How many steps the way down takes.</summary>
    [Hyper("d", Min = 1)] public double StepsDown { get; set; } = 2000;
}
