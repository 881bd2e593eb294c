namespace OptDsl.Rules;

/// <summary>
/// AdamW with a second, very slow average of gradients beside the first: old gradients stay useful for tens of
/// thousands of steps.
/// </summary>
/// <remarks>
/// <para>Paper: Pagliardini, Ablin and Grangier, The AdEMAMix Optimizer: Better, Faster, Older, 2024.</para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from the paper; the authors' code adds 1e-8 to a logarithm of the warm-up. The slow average is
/// not corrected, on purpose.
/// </para>
/// <para>Defaults: The authors' code (lr 0.001, betas 0.9, 0.999 and 0.9999, alpha 2, eps 1e-8, no warm-ups).</para>
/// </remarks>
[UpdateRule("""
    p = t < T₁ ? t/T₁ : 1
    q = t < T₂ ? t/T₂ : 1
    a = pα
    β = q < 1 ? min(exp(ln(β₁) ln(β₃) / ((1-q)ln(β₃) + q ln(β₁))), β₃) : β₃
    m = β₁m + (1-β₁)g
    s = βs + (1-β)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = W - η((m̂ + as) / (√v̂ + ε) + λW)
    """)]
[State("m", Meaning = "fast first moment (exp_avg_fast)")]
[State("s", Meaning = "slow first moment (exp_avg_slow)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record AdEmaMix
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the fast first moment (betas[0]).</summary>
    [Hyper("β₁", Min = HyperAttribute.AboveZero, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Decay of the slow first moment (betas[2]).</summary>
    [Hyper("β₃", Min = HyperAttribute.AboveZero, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0.9999;

    /// <summary>The weight of the slow first moment (alpha).</summary>
    [Hyper("α", Min = 0)]
    public double Alpha { get; set; } = 2.0;

    /// <summary>Steps over which Alpha grows from 0; 0 for none (alpha_warmup).</summary>
    [Hyper("T₁", Min = 0)]
    public double AlphaWarmup { get; set; } = 0;

    /// <summary>Steps over which Beta3 grows from Beta1; 0 for none (beta3_warmup).</summary>
    [Hyper("T₂", Min = 0)]
    public double Beta3Warmup { get; set; } = 0;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
