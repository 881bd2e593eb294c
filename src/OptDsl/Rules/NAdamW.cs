namespace OptDsl.Rules;

/// <summary>AdamW with a Nesterov look-ahead, without NAdam's momentum schedule.</summary>
/// <remarks>
/// <para>
/// Paper: Dozat, 2016; Dahl et al., Benchmarking Neural Network Training Algorithms, 2023; Liang et al., Cautious
/// Optimizers: Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>Differences: None from timm's NAdamW.</para>
/// <para>Defaults: timm's (lr 0.001, betas 0.9 and 0.999, eps 1e-8, weight_decay 0.01).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    n = β₁m + (1-β₁)g
    n = caution ? (ng > 0)n / max(mean(ng > 0), 0.001) : n
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (1-ηλ')W - η/(1-β₁ᵗ) · n / (√(v / (1-β₂ᵗ)) + ε)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record NAdamW
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
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
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

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
