namespace OptDsl.Rules;

/// <summary>
/// RMSProp as TensorFlow computes it, which published EfficientNet and MobileNet recipes depend on.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Tieleman and Hinton, Lecture 6.5: RMSProp (course), 2012; Liang et al., Cautious Optimizers: Improving Training
/// with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: inside the root.</para>
/// <para>
/// Differences: None from timm's RMSpropTF: caution needs a velocity; rounding cannot bring the centered variance below 0. Against
/// <see cref="RmsProp"/> (PyTorch): the average starts at 1, epsilon is inside the root and the step size inside the
/// velocity (unless LearningRateInMomentum is false).
/// </para>
/// <para>Defaults: timm's (lr 0.01, alpha 0.9, eps 1e-10, momentum 0, not centered).</para>
/// </remarks>
[UpdateRule("""
    g = g + (decoupled ? 0 : λ)W
    v = αv + (1-α)g²
    ḡ = αḡ + (1-α)g
    u = (inside ? η : 1)g / √((centered ? max(v - ḡ², 0) : v) + ε)
    b = μb + u
    s = μ ≠ 0 ? b : u
    s = caution and μ ≠ 0 ? (sg > 0)s / max(mean(sg > 0), 0.001) : s
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (decoupled ? 1-ηλ' : 1)W - (inside ? 1 : η)s
    """)]
[State("v", Initial = "1", Meaning = "average of squared gradients (square_avg)")]
[State("ḡ", When = "centered", Meaning = "average of gradients (grad_avg)")]
[State("b", When = "μ ≠ 0", Meaning = "velocity (momentum_buffer)")]
public sealed partial record RmsPropTF
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the average (alpha).</summary>
    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Alpha { get; set; } = 0.9;

    /// <summary>What remains of the velocity after a step; 0 for no velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0;

    /// <summary>Keeps the root from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-10;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>
    /// The largest step size of the schedule, to decay by η²λ/η₀ in place of ηλ (corrected_weight_decay, where it is the lr of
    /// the constructor); 0 for ηλ.
    /// </summary>
    [Hyper("η₀", Min = 0)]
    public double MaxLearningRate { get; set; } = 0;

    /// <summary>
    /// True to leave out the elements whose step goes against the gradient of the moment, and to scale up the rest
    /// (caution). Their share is over one tensor and counts as at least 0.001; it takes a pass of its own.
    /// </summary>
    [Hyper("caution")]
    public bool Caution { get; set; } = false;

    /// <summary>True to divide by the deviation of the gradient from its mean, of which states in few bits leave nothing.</summary>
    [Hyper("centered")]
    public bool Centered { get; set; } = false;

    /// <summary>True to decay the weights directly (decoupled_decay).</summary>
    [Hyper("decoupled")]
    public bool DecoupledDecay { get; set; } = false;

    /// <summary>True to keep the step size inside the velocity (lr_in_momentum).</summary>
    [Hyper("inside")]
    public bool LearningRateInMomentum { get; set; } = true;
}
