namespace OptDsl.Rules;

/// <summary>
/// Adam whose step sizes may not exceed their own long-term average: no bursts at the start of training.
/// </summary>
/// <remarks>
/// <para>Paper: Ding et al., An Adaptive and Momental Bound Method for Stochastic Learning, 2019.</para>
/// <para>
/// Epsilon: outside the root, after the bias correction, as the paper prints it; the authors' code adds it to the
/// uncorrected root.
/// </para>
/// <para>
/// Differences: Apart from epsilon none from the authors' code: the average of step sizes starts at 0 and is not
/// corrected, which is the warm-up, and the decay is decoupled.
/// </para>
/// <para>Defaults: The authors' (lr 0.001, betas 0.9 and 0.999, beta3 0.999, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    a = η / (√v̂ + ε)
    s = β₃s + (1-β₃)a
    W = (1-ηλ)W - min(a, s)m̂
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("s", Meaning = "average of step sizes (exp_avg_lr)")]
public sealed partial record AdaMod
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

    /// <summary>Decay of the average of step sizes (beta3).</summary>
    [Hyper("β₃", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
