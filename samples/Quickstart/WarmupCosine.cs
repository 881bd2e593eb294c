using OptDsl;

namespace Quickstart;

/// <summary>A step size that grows linearly for some steps, then falls along a cosine to a floor.</summary>
[Schedule("""
    progress = min(max(t - w, 0) / (T - w), 1)
    warm     = start + (peak - start) t / w
    cosine   = low + ½(peak - low)(1 + cos(π progress))
    η        = t < w ? warm : cosine
    """)]
public sealed partial class WarmupCosine
{
    /// <summary>The step size that the warm-up starts from.</summary>
    [Hyper("start", Min = 0)] public double Initial { get; init; } = 0.01;

    /// <summary>The largest step size.</summary>
    [Hyper("peak", Min = 0)] public double Peak { get; init; } = 0.1;

    /// <summary>The last step size.</summary>
    [Hyper("low", Min = 0)] public double Final { get; init; } = 0.001;

    /// <summary>The steps of the warm-up.</summary>
    [Hyper("w", Min = 1)] public double WarmUpSteps { get; init; } = 10;

    /// <summary>All steps.</summary>
    [Hyper("T", Min = 2)] public double Steps { get; init; } = 100;
}
