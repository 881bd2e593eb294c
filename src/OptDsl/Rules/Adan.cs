namespace OptDsl.Rules;

/// <summary>
/// Adaptive Nesterov momentum: averages of the gradient and of its change, with few steps to a given accuracy.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Xie et al., Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep Models, 2022.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from the authors' code; its β are 1 minus the paper's. Its max_grad_norm is the optimizer's
/// clipping by global norm.
/// </para>
/// <para>Defaults: The authors' (lr 0.001, betas 0.98, 0.92 and 0.99, eps 1e-8, no_prox off).</para>
/// </remarks>
[UpdateRule("""
    Δ = t == 1 ? 0 : g - g'
    m = β₁m + (1-β₁)g
    d = β₂d + (1-β₂)Δ
    n = β₃n + (1-β₃)(g + β₂Δ)²
    g' = g
    u = (m/(1-β₁ᵗ) + β₂/(1-β₂ᵗ) · d) / (√(n / (1-β₃ᵗ)) + ε)
    W = direct ? (1-ηλ)W - ηu : (W - ηu) / (1 + ηλ)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("d", Meaning = "average of the change of gradients (exp_avg_diff)")]
[State("n", Meaning = "second moment of the look-ahead gradient (exp_avg_sq)")]
[State("g'", Meaning = "gradient of the step before (neg_pre_grad, with the sign turned)")]
public sealed partial record Adan
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.98;

    /// <summary>Decay of the average change (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.92;

    /// <summary>Decay of the second moment (betas[2]).</summary>
    [Hyper("β₃", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0.99;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to decay as AdamW does, false for the proximal form (no_prox).</summary>
    [Hyper("direct")]
    public bool NoProx { get; set; } = false;
}
