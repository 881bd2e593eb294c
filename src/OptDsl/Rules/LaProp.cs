namespace OptDsl.Rules;

/// <summary>
/// Divides the gradient first and then takes momentum, which keeps Adam stable for any pair of decays.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Ziyin, Wang and Ueda, LaProp: Separating Momentum and Adaptivity in Adam, 2020; Liang et al., Cautious
/// Optimizers: Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from timm's LaProp: the step size is inside the momentum, its own average corrects the
/// bias, and the decay comes after the step. At a step size of 0 the weights rest; there timm subtracts the momentum.
/// </para>
/// <para>Defaults: timm's (lr 4e-4, betas 0.9 and 0.999, eps 1e-15).</para>
/// </remarks>
[UpdateRule("""
    v = β₂v + (1-β₂)g²
    n = g / (√(v / (1-β₂ᵗ)) + ε)
    m = β₁m + (1-β₁)ηn
    l = β₁l + (1-β₁)η
    u = caution ? (mg > 0)m / max(mean(mg > 0), 0.001) : m
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (1-ηλ')(W - (l > 0 ? η/l : 0)u)
    """)]
[State("m", Meaning = "momentum of scaled gradients (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("l", Per = Per.Tensor, Meaning = "average of step sizes (exp_avg_lr_1)")]
public sealed partial record LaProp
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 4e-4;

    /// <summary>Decay of the momentum (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-15;

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
}
