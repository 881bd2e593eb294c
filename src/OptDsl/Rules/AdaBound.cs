namespace OptDsl.Rules;

/// <summary>
/// Adam whose step sizes are kept between bounds that close in on those of SGD: fast at first, steady later.
/// </summary>
/// <remarks>
/// <para>Paper: Luo et al., Adaptive Gradient Methods with Dynamic Bound of Learning Rate, 2019.</para>
/// <para>Epsilon: outside the uncorrected root.</para>
/// <para>
/// Differences: None from the authors' code and torch_optimizer. The bounds follow the step size
/// where it is a schedule, in proportion to its first value.
/// </para>
/// <para>Defaults: The authors' (lr 0.001, betas 0.9 and 0.999, final_lr 0.1, gamma 0.001, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    u = max(u, v)
    η₀ = t == 1 ? η : η₀
    f = η₀ > 0 ? φη/η₀ : φ
    a = η√(1-β₂ᵗ)/(1-β₁ᵗ) / (√(amsbound ? u : v) + ε)
    W = W - clamp(a, f(1 - 1/(γt + 1)), f(1 + 1/(γt)))m
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("η₀", Per = Per.Tensor, Meaning = "step size of the first step")]
[State("u", When = "amsbound", Meaning = "largest second moment so far (max_exp_avg_sq)")]
public sealed partial record AdaBound
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

    /// <summary>The step size of SGD that the bounds close in on (final_lr).</summary>
    [Hyper("φ", Min = 0)]
    public double FinalLearningRate { get; set; } = 0.1;

    /// <summary>How fast the bounds close (gamma).</summary>
    [Hyper("γ", Min = HyperAttribute.AboveZero)]
    public double Gamma { get; set; } = 0.001;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>L2 weight decay, added to the gradient.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True for a denominator that never shrinks (amsbound).</summary>
    [Hyper("amsbound")]
    public bool Amsbound { get; set; } = false;
}
