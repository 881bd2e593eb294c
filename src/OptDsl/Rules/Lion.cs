namespace OptDsl.Rules;

/// <summary>
/// Steps of one size along the sign of an average: one state, two thirds of AdamW's memory. Wants a step size 3 to
/// 10 times smaller.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Chen et al., Symbolic Discovery of Optimization Algorithms, 2023; Liang et al., Cautious Optimizers: Improving
/// Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: none is needed; the sign of 0 is 0.</para>
/// <para>
/// Differences: None from timm's Lion: β₁ weighs the step, β₂ the state, which is updated after it.
/// </para>
/// <para>Defaults: timm's and the paper's (lr 1e-4, betas 0.9 and 0.99).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    u = sign(β₁m + (1-β₁)g)
    u = caution ? (ug > 0)u / max(mean(ug > 0), 0.001) : u
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = W - η(u + λ'W)
    m = β₂m + (1-β₂)g
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
public sealed partial record Lion
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 1e-4;

    /// <summary>The weight of the past in the step (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the first moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.99;

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

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
