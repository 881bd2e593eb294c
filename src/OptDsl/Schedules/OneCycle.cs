namespace OptDsl.Schedules;

/// <summary>
/// Up from a low value to the peak and down to a far lower one (PyTorch's OneCycleLR; Smith and Topin, "Super-convergence",
/// 2018). In three phases the way down first mirrors the way up and then falls to the final value. The cycle of the momentum is
/// the same with the peak below the start: an <see cref="InitialDivisor"/> below one and a <see cref="FinalDivisor"/> of one.
/// </summary>
[Schedule("""
    k = min(t, n) - 1
    a = η / d                               # the first value
    z = a / f                               # the last value
    e₁ = p n - 1                            # where the peak stands, not rounded to a step
    e₂ = three ? 2 p n - 2 : n - 1          # where the second phase ends
    i = (k > e₁) + (three and k > e₂)       # the phase: 0, 1 or 2
    x = i == 1 ? η : a
    y = i == 0 ? η : (three and i == 1 ? a : z)
    r = i == 0 ? k / e₁ : (i == 1 ? (k - e₁) / (e₂ - e₁) : (k - e₂) / (n - 1 - e₂))
    η_t = linear ? x + (y - x) r : y + (x - y) / 2 · (1 + cos(π r))
    """)]
public sealed partial class OneCycle
{
    /// <summary>The value at the peak.</summary>
    [Hyper("η")] public double Peak { get; set; } = 0.1;

    /// <summary>The length of the whole cycle in steps; afterwards the last value stays.</summary>
    [Hyper("n", Min = 2)] public double Steps { get; set; } = 1000;

    /// <summary>The share of the cycle that the way up takes; more than one step.</summary>
    [Hyper("p", Min = 0, Max = 1)] public double WarmUpShare { get; set; } = 0.3;

    /// <summary>The peak divided by the first value.</summary>
    [Hyper("d", Min = HyperAttribute.AboveZero)] public double InitialDivisor { get; set; } = 25;

    /// <summary>The first value divided by the last.</summary>
    [Hyper("f", Min = HyperAttribute.AboveZero)] public double FinalDivisor { get; set; } = 1e4;

    /// <summary>True for straight lines instead of cosines.</summary>
    [Hyper("linear")] public bool Linear { get; set; }

    /// <summary>True for three phases instead of two.</summary>
    [Hyper("three")] public bool ThreePhase { get; set; }

    /// <inheritdoc/>
    protected override void CheckSettings()
    {
        var steps = Steps * WarmUpShare;
        if (steps <= 1)
            Refuse($"the way up would take {steps} steps, and must take more than 1");
        if (ThreePhase && (2 * steps) - 1 >= Steps)
            Refuse("the ways up and down would leave no step for the third phase");

        void Refuse(string why) =>
            throw new ArgumentOutOfRangeException(nameof(WarmUpShare), WarmUpShare, $"With {nameof(Steps)} {Steps} and {nameof(WarmUpShare)} {WarmUpShare} {why}.");
    }
}
