namespace OptDsl.Schedules;

/// <summary>A straight line up to the peak, then half a cosine down to the final value, which stays.</summary>
[Schedule("""
    k = t - 1
    x = min((k - w) / (n - w), 1)
    η_t = k < w ? η (s + (1 - s) k / w) : ηₘ + (η - ηₘ) (1 + cos(π x)) / 2
    """)]
public sealed partial class WarmUpCosine
{
    /// <summary>The largest value, reached at step <see cref="WarmUpSteps"/> + 1.</summary>
    [Hyper("η")] public double Peak { get; set; } = 0.1;

    /// <summary>The share of the peak at the first step of the warm-up.</summary>
    [Hyper("s")] public double InitialShare { get; set; }

    /// <summary>The value from step <see cref="Steps"/> + 1 on.</summary>
    [Hyper("ηₘ")] public double Final { get; set; }

    /// <summary>The length of the warm-up in steps.</summary>
    [Hyper("w", Min = 0)] public double WarmUpSteps { get; set; } = 100;

    /// <summary>The length of warm-up and cosine together; more than <see cref="WarmUpSteps"/>.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 1000;

    /// <inheritdoc/>
    protected override void CheckSettings()
    {
        if (Steps <= WarmUpSteps)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Steps), Steps, $"{nameof(Steps)} counts warm-up and cosine together, and must be more than {nameof(WarmUpSteps)}, {WarmUpSteps}.");
        }
    }
}
