namespace OptDsl.Rules;

/// <summary>
/// Adafactor for vectors as big_vision trains vision transformers with it: absolute steps, and momentum over the
/// scaled gradient.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Zhai et al., Scaling Vision Transformers, 2022; Shazeer and Stern, 2018; Liang et al., Cautious Optimizers:
/// Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: added to the squared gradient before averaging (eps).</para>
/// <para>
/// Differences: None from timm's AdafactorBigVision for tensors that it does not factor, but for
/// a clipping_threshold before September 2026, when timm had it the other way round. Caution needs an average, which is
/// not corrected for starting at 0.
/// </para>
/// <para>
/// Defaults: timm's (eps 1e-30, decay_rate 0.8, beta2_cap 0.999, momentum 0.9), with a step size of 0.01 in place
/// of 1.
/// </para>
/// </remarks>
[UpdateRule("""
    β = min(ĉ, 1 - t^(-δ))
    v = βv + (1-β)(g² + ε)
    u = g / √v
    u = d > 0 ? u / max(1, rms(u)/d) : u
    m = μm + (1-μ)u
    s = μ ≠ 0 ? m : u
    s = caution and μ ≠ 0 ? (sg > 0)s / max(mean(sg > 0), 0.001) : s
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (1 - (unscaled ? λ : ηλ'))W - ηs
    """)]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("m", When = "μ ≠ 0", Meaning = "average of the scaled gradient (exp_avg)")]
public sealed partial record AdafactorBV
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>The power of the step count that weighs a new squared gradient (decay_rate).</summary>
    [Hyper("δ", Min = 0)]
    public double DecayRate { get; set; } = 0.8;

    /// <summary>The largest decay of the second moment (beta2_cap).</summary>
    [Hyper("ĉ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2Cap { get; set; } = 0.999;

    /// <summary>Decay of the average; 0 for no average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>Added to each squared gradient (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-30;

    /// <summary>The largest root mean square of an update before the average; 0 for any (clipping_threshold).</summary>
    [Hyper("d", Min = 0)]
    public double ClippingThreshold { get; set; } = 0;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>
    /// The largest step size of the schedule, to decay by η²λ/η₀ in place of ηλ (corrected_weight_decay, where it is the lr of
    /// the constructor); 0 for ηλ.
    /// </summary>
    [Hyper("η₀", Min = 0)]
    public double MaxLearningRate { get; set; } = 0;

    /// <summary>True to leave the step size out of the decay (unscaled_wd).</summary>
    [Hyper("unscaled")]
    public bool UnscaledWeightDecay { get; set; } = false;

    /// <summary>
    /// True to leave out the elements whose step goes against the gradient of the moment, and to scale up the rest
    /// (caution). Their share is over one tensor and counts as at least 0.001; it takes a pass of its own.
    /// </summary>
    [Hyper("caution")]
    public bool Caution { get; set; } = false;
}
