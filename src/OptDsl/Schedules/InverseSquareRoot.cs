namespace OptDsl.Schedules;

/// <summary>
/// A straight warm-up to the peak, then the inverse square root of the step (Vaswani et al., "Attention Is All You Need", 2017,
/// where the peak is one over the square root of the model's width times the steps of the warm-up).
/// </summary>
[Schedule("""
    η_t = η min(√(w / t), t / w)
    """)]
public sealed partial class InverseSquareRoot
{
    /// <summary>The largest value, reached at step <see cref="WarmUpSteps"/>.</summary>
    [Hyper("η")] public double Peak { get; set; } = 0.1;

    /// <summary>The length of the warm-up in steps.</summary>
    [Hyper("w", Min = 1)] public double WarmUpSteps { get; set; } = 4000;
}
