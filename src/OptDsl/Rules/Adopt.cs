namespace OptDsl.Rules;

/// <summary>
/// Adam that converges for any β₂: the gradient is divided by the second moment of the steps before, which does not
/// know it.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Taniguchi et al., ADOPT: Modified Adam Can Converge with Any β₂ with the Optimal Rate, 2024; Liang et al.,
/// Cautious Optimizers: Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: a floor under the root (a maximum, not a sum).</para>
/// <para>
/// Differences: None from timm's Adopt. The first step only records the
/// squared gradient. The authors clip at the step to the power of 1/4, timm at 1/3.
/// </para>
/// <para>Defaults: timm's (lr 0.001, betas 0.9 and 0.9999, eps 1e-6, clip_exp 0.333).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + (decoupled ? 0 : λ)W
    n = g / max(√v, ε)
    c = (t-1)^ζ
    n = t == 1 ? 0 : clipped ? clamp(n, -c, c) : n
    m = β₁m + (1-β₁)n
    u = caution ? (mg > 0)m / max(mean(mg > 0), 0.001) : m
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (decoupled and t > 1 ? 1-ηλ' : 1)W - ηu
    v = t == 1 ? g² : β₂v + (1-β₂)g²
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record Adopt
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.9999;

    /// <summary>The smallest denominator (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-6;

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

    /// <summary>
    /// True to clip the scaled gradient at the step count to the power of ClipExp (clip_exp is not None).
    /// </summary>
    [Hyper("clipped")]
    public bool Clip { get; set; } = true;

    /// <summary>The power of the step count to clip at (clip_exp).</summary>
    [Hyper("ζ", Min = 0)]
    public double ClipExp { get; set; } = 0.333;

    /// <summary>True to decay the weights directly (decoupled).</summary>
    [Hyper("decoupled")]
    public bool Decoupled { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
