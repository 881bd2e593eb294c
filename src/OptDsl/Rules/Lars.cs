namespace OptDsl.Rules;

/// <summary>
/// Layer-wise adaptive rate scaling: momentum whose gradient is scaled, tensor by tensor, to a fixed share of the
/// weights' norm. For very large batches.
/// </summary>
/// <remarks>
/// <para>Paper: You, Gitman and Ginsburg, Large Batch Training of Convolutional Networks, 2017.</para>
/// <para>
/// Epsilon: in the denominator of the trust ratio; where the norm of the weights or of the gradient is 0, the ratio
/// is 1.
/// </para>
/// <para>
/// Differences: None from timm's Lars: without weight decay there is no trust ratio unless AlwaysAdapt is set, and
/// the ratio enters the velocity. A tensor is what is added to the optimizer as one parameter.
/// </para>
/// <para>Defaults: timm's (lr 1, trust_coeff 0.001, eps 1e-8); Momentum, which is 0 there, is the paper's 0.9.</para>
/// </remarks>
[UpdateRule("""
    r = ‖W‖ > 0 and ‖g‖ > 0 ? κ‖W‖ / (‖g‖ + λ‖W‖ + ε) : 1
    r = clipped ? min(r / η, 1) : r
    g = (λ != 0 or always ? r : 1)(g + λW)
    v = t == 1 ? g : μv + (1-τ)g
    W = W - η(μ ≠ 0 ? (nesterov ? g + μv : v) : g)
    """)]
[State("v", When = "μ ≠ 0", Meaning = "velocity of the scaled gradients (momentum_buffer)")]
public sealed partial record Lars
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 1.0;

    /// <summary>What remains of the velocity after a step; 0 for no velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>The share of each gradient after the first that is left out.</summary>
    [Hyper("τ", Min = 0, Max = 1)]
    public double Dampening { get; set; } = 0;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to step from where the velocity is about to lead.</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>The share of the weights' norm that a gradient is scaled to (trust_coeff).</summary>
    [Hyper("κ", Min = 0)]
    public double TrustCoeff { get; set; } = 0.001;

    /// <summary>Added to the ratio's denominator (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>True to keep the ratio from exceeding the step size (trust_clip).</summary>
    [Hyper("clipped")]
    public bool TrustClip { get; set; } = false;

    /// <summary>True to scale without weight decay too (always_adapt).</summary>
    [Hyper("always")]
    public bool AlwaysAdapt { get; set; } = false;
}
