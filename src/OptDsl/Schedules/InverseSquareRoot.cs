namespace OptDsl.Schedules;

/// <summary>
/// A straight warm-up, then the inverse square root of the step (Vaswani et al., "Attention Is All You Need", 2017, where the
/// scale is the inverse square root of the model's width).
/// </summary>
[Schedule("""
    η_t = η min(t^-0.5, t w^-1.5)
    """)]
public sealed partial class InverseSquareRoot
{
    /// <summary>The factor on the inverse square root: the value at step t is this divided by √t once the warm-up is over.</summary>
    [Hyper("η")] public double Scale { get; set; } = 0.1;

    /// <summary>The length of the warm-up in steps.</summary>
    [Hyper("w", Min = 1)] public double WarmUpSteps { get; set; } = 4000;
}
