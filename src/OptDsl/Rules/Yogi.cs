namespace OptDsl.Rules;

/// <summary>
/// Adam whose second moment moves by a fixed share of the squared gradient, so that it cannot fall quickly.
/// </summary>
/// <remarks>
/// <para>Paper: Zaheer et al., Adaptive Methods for Nonconvex Optimization, 2018.</para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from torch_optimizer's Yogi, which starts both moments at initial_accumulator; optax leaves
/// the first at 0.
/// </para>
/// <para>Defaults: torch_optimizer's (lr 0.01, betas 0.9 and 0.999, eps 0.001, initial_accumulator 1e-6).</para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    m = β₁m + (1-β₁)g
    v = v - (1-β₂)sign(v - g²)g²
    W = W - η/(1-β₁ᵗ) · m / (√(v / (1-β₂ᵗ)) + ε)
    """)]
[State("m", Initial = "v₀", Meaning = "first moment (exp_avg)")]
[State("v", Initial = "v₀", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record Yogi
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 0.001;

    /// <summary>What both moments start from (initial_accumulator).</summary>
    [Hyper("v₀", Min = 0)]
    public double InitialAccumulator { get; set; } = 1e-6;

    /// <summary>L2 weight decay, added to the gradient.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
