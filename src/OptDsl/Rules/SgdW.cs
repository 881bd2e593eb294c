namespace OptDsl.Rules;

/// <summary>
/// Momentum with decoupled weight decay: the decay shrinks the weights directly and does not enter the velocity.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019; Liang et al., Cautious Optimizers:
/// Improving Training with One Line of Code, 2024.
/// </para>
/// <para>
/// Differences: None from timm's SGDW: caution needs a velocity. The first velocity is the gradient itself, as in
/// PyTorch's SGD.
/// </para>
/// <para>Defaults: timm's (lr 0.001, dampening 0); Momentum, which is 0 there, is the customary 0.9.</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    v = μv + (t == 1 ? 1 : 1-τ)g
    d = μ ≠ 0 ? (nesterov ? g + μv : v) : g
    d = caution and μ ≠ 0 ? (dg > 0)d / max(mean(dg > 0), 0.001) : d
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (1-ηλ')W - ηd
    """)]
[State("v", When = "μ ≠ 0", Meaning = "velocity (momentum_buffer)")]
public sealed partial record SgdW
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>What remains of the velocity after a step; 0 for no velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>The share of each gradient after the first that is left out.</summary>
    [Hyper("τ", Min = 0, Max = 1)]
    public double Dampening { get; set; } = 0;

    /// <summary>Decoupled weight decay.</summary>
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

    /// <summary>True to step from where the velocity is about to lead.</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
