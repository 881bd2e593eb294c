namespace OptDsl.Rules;

/// <summary>
/// Adam that divides by how far gradients stray from their average: large steps where the gradient is as expected.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Zhuang et al., AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients, 2020.
/// </para>
/// <para>
/// Epsilon: twice: added to the second moment and kept there at each step, and once more outside the root.
/// </para>
/// <para>
/// Differences: None from timm's AdaBelief: with Rectify the denominator comes in from ρ = 5 on, its epsilon is outside
/// the uncorrected root, and Amsgrad keeps its maximum without using it.
/// </para>
/// <para>
/// Defaults: timm's (lr 0.001, betas 0.9 and 0.999, eps 1e-16, decoupled_decay, rectify and degenerated_to_sgd on).
/// </para>
/// </remarks>
[UpdateRule("""
    g = g + (decoupled ? 0 : λ)W
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)(g - m)² + ε
    v̄ = max(v̄, v)
    ρ₀ = 2 / (1-β₂) - 1
    ρ = ρ₀ - 2tβ₂ᵗ / (1-β₂ᵗ)
    r = √(max((1-β₂ᵗ)(ρ-4)(ρ-2)ρ₀ / ((ρ₀-4)(ρ₀-2)ρ), 0))
    u = not rectify ? 1 / (√((amsgrad ? v̄ : v) / (1-β₂ᵗ)) + ε) : ρ >= 5 ? r / (√v + ε) : plain
    δ = not decoupled ? 1 : fixed ? 1-λ : 1-ηλ
    W = δW - η/(1-β₁ᵗ) · mu
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment of the surprise (exp_avg_var)")]
[State("v̄", When = "amsgrad", Meaning = "largest second moment of the surprise so far (max_exp_avg_var)")]
public sealed partial record AdaBelief
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
    public double Epsilon { get; set; } = 1e-16;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to decay the weights directly (decoupled_decay).</summary>
    [Hyper("decoupled")]
    public bool DecoupledDecay { get; set; } = true;

    /// <summary>True to leave the step size out of the decoupled decay (fixed_decay).</summary>
    [Hyper("fixed")]
    public bool FixedDecay { get; set; } = false;

    /// <summary>True for a denominator that never shrinks (amsgrad).</summary>
    [Hyper("amsgrad")]
    public bool Amsgrad { get; set; } = false;

    /// <summary>True for the warm-up of RAdam (rectify).</summary>
    [Hyper("rectify")]
    public bool Rectify { get; set; } = true;

    /// <summary>
    /// True to make momentum steps until the denominator comes in, false to wait (degenerated_to_sgd).
    /// </summary>
    [Hyper("plain")]
    public bool DegeneratedToSgd { get; set; } = true;
}
