namespace OptDsl.Rules.Matrices;

/// <summary>
/// Adafactor with second moments of rows and columns as big_vision trains vision transformers with it: absolute steps, and momentum
/// over the scaled gradient.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Zhai et al., Scaling Vision Transformers, 2022; Shazeer and Stern, 2018; Liang et al., Cautious Optimizers:
/// Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: added to the squared gradient before averaging (eps).</para>
/// <para>
/// Differences: None from timm's AdafactorBigVision for matrices that it factors, but for a clipping_threshold before September 2026, when timm had it the other way round; matrices
/// with a side below min_dim_size_to_factor belong to <see cref="AdafactorBV"/>. Caution needs an average, which is
/// not corrected for starting at 0.
/// </para>
/// <para>
/// Defaults: timm's (eps 1e-30, decay_rate 0.8, beta2_cap 0.999, momentum 0.9), with a step size of 0.01 in place
/// of 1.
/// </para>
/// </remarks>
[UpdateRule("""
    β = min(ĉ, 1 - t^(-δ))
    q = g² + ε
    R = βR + (1-β)rowmean(q)
    C = βC + (1-β)colmean(q)
    u = rank(W) ≥ 2 ? g / (√(R/mean(R)) √C) : g / √R
    u = d > 0 ? u / max(1, rms(u)/d) : u
    m = μm + (1-μ)u
    s = μ ≠ 0 ? m : u
    s = caution and μ ≠ 0 ? (sg > 0)s / max(mean(sg > 0), 0.001) : s
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (1 - (unscaled ? λ : ηλ'))W - ηs
    """)]
[State("R", Per = Per.Row, Meaning = "second moment of the rows (exp_avg_sq_r); of a vector of its elements")]
[State("C", Per = Per.Column, Meaning = "second moment of the columns (exp_avg_sq_c)")]
[State("m", When = "μ ≠ 0", Meaning = "average of the scaled gradient (exp_avg)")]
public sealed partial record FactoredAdafactorBV
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
