namespace OptDsl.Rules;

/// <summary>
/// Adam that waits with its denominator until the second moment has seen enough gradients: no warm-up needed.
/// </summary>
/// <remarks>
/// <para>Paper: Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, 2020.</para>
/// <para>Epsilon: outside the uncorrected root, as in PyTorch; the paper has none.</para>
/// <para>
/// Differences: None from torch.optim.RAdam: the denominator comes in when ρ exceeds 5 (the paper: 4), which is
/// step 6 for β₂ = 0.999.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, betas 0.9 and 0.999, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + (decoupled ? 0 : λ)W
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    ρ₀ = 2 / (1-β₂) - 1
    ρ = ρ₀ - 2tβ₂ᵗ / (1-β₂ᵗ)
    r = √(max((ρ-4)(ρ-2)ρ₀ / ((ρ₀-4)(ρ₀-2)ρ), 0))
    u = ρ > 5 ? r√(1-β₂ᵗ) / (√v + ε) : 1
    W = (decoupled ? 1-ηλ : 1)W - ηm̂u
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record RAdam
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

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to decay the weights directly (decoupled_weight_decay).</summary>
    [Hyper("decoupled")]
    public bool DecoupledWeightDecay { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
