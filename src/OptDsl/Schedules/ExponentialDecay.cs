namespace OptDsl.Schedules;

/// <summary>Multiplies the value by a factor at every step (PyTorch's ExponentialLR).</summary>
[Schedule("""
    k = t - 1
    η_t = η γ^k
    """)]
public sealed partial class ExponentialDecay
{
    /// <summary>The value at the first step.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>The factor.</summary>
    [Hyper("γ", Min = 0)] public double Factor { get; set; } = 0.999;
}
