namespace OptDsl.Rules;

/// <summary>
/// Adam whose step is scaled, tensor by tensor, to the norm of the weights: batches of tens of thousands.
/// </summary>
/// <remarks>
/// <para>
/// Paper: You et al., Large Batch Optimization for Deep Learning: Training BERT in 76 minutes, 2020; Liang et al.,
/// Cautious Optimizers: Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction; where a norm is 0 the trust ratio is 1.</para>
/// <para>
/// Differences: None from timm's Lamb but one. The rule sees one tensor, so that timm's clipping by the norm of all
/// gradients (max_grad_norm, 1 by default there) is the optimizer's clipping by global norm. Without weight decay
/// there is no trust ratio unless AlwaysAdapt is set.
/// </para>
/// <para>Defaults: timm's (lr 0.001, betas 0.9 and 0.999, eps 1e-6, weight_decay 0.01).</para>
/// </remarks>
[UpdateRule("""
    m = β₁m + (averaging ? 1-β₁ : 1)g
    v = β₂v + (1-β₂)g²
    c₁ = correct ? 1-β₁ᵗ : 1
    c₂ = correct ? 1-β₂ᵗ : 1
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (decoupled ? 1-ηλ' : 1)W
    n = m/c₁ / (√(v / c₂) + ε)
    n = caution ? (ng > 0)n / max(mean(ng > 0), 0.001) : n
    u = n + (decoupled ? 0 : λ)W
    r = ‖W‖ > 0 and ‖u‖ > 0 ? ‖W‖/‖u‖ : 1
    r = clipped ? min(r, 1) : r
    W = W - η(λ != 0 or always ? r : 1)u
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record Lamb
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

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

    /// <summary>True to correct both moments for starting at 0 (bias_correction).</summary>
    [Hyper("correct")]
    public bool BiasCorrection { get; set; } = true;

    /// <summary>True to weigh each gradient by 1-β₁ (grad_averaging).</summary>
    [Hyper("averaging")]
    public bool GradAveraging { get; set; } = true;

    /// <summary>True to keep the trust ratio from exceeding 1 (trust_clip).</summary>
    [Hyper("clipped")]
    public bool TrustClip { get; set; } = false;

    /// <summary>True to scale without weight decay too (always_adapt).</summary>
    [Hyper("always")]
    public bool AlwaysAdapt { get; set; } = false;

    /// <summary>True to decay the weights directly (decoupled_decay).</summary>
    [Hyper("decoupled")]
    public bool DecoupledDecay { get; set; } = false;
}
