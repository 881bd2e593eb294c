namespace OptDsl.Schedules;

/// <summary>Multiplies the value by a factor every so many steps (PyTorch's StepLR).</summary>
[Schedule("""
    k = t - 1
    η_t = η γ^floor(k / n)
    """)]
public sealed partial class StepDecay
{
    /// <summary>The value at the first step.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>The factor.</summary>
    [Hyper("γ", Min = 0)] public double Factor { get; set; } = 0.1;

    /// <summary>How many steps lie between two multiplications.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 1000;
}
