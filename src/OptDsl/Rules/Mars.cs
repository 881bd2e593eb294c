namespace OptDsl.Rules;

/// <summary>
/// AdamW or Lion on variance-reduced gradients: each is corrected by its change since the step before and clipped to
/// norm 1.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Yuan et al., MARS: Unleashing the Power of Variance Reduction for Training Large Models, 2024; Liang et al.,
/// Cautious Optimizers: Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from timm's Mars for the tensors that it optimizes so: those of two dimensions and more,
/// or all with optimize_1d. For the others it is <see cref="AdamW"/>, which is a group of its own here. Its mars_type
/// "lion" is the flag Lion, and takes the sign of the one average that there is.
/// </para>
/// <para>Defaults: timm's (lr 0.003, betas 0.9 and 0.99, eps 1e-8, gamma 0.025).</para>
/// </remarks>
[UpdateRule("""
    c = t == 1 ? g : g + γβ₁/(1-β₁) · (g - g')
    c = c / (t == 1 ? 1 : max(‖c‖, 1))
    m = β₁m + (1-β₁)c
    v = β₂v + (1-β₂)c²
    n = caution ? (mg > 0)m / max(mean(mg > 0), 0.001) : m
    m̂ = n / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    g' = g
    W = W - η((lion ? sign(n) : m̂ / (√v̂ + ε)) + λW)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", When = "not lion", Meaning = "second moment (exp_avg_sq)")]
[State("g'", Meaning = "gradient of the step before (last_grad)")]
public sealed partial record Mars
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.003;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.99;

    /// <summary>The strength of the correction (gamma).</summary>
    [Hyper("γ", Min = 0)]
    public double Gamma { get; set; } = 0.025;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to step along the sign of the first moment (mars_type "lion").</summary>
    [Hyper("lion")]
    public bool Lion { get; set; } = false;

    /// <summary>
    /// True to leave out the elements whose step goes against the gradient of the moment, and to scale up the rest
    /// (caution). Their share is over one tensor and counts as at least 0.001; it takes a pass of its own.
    /// </summary>
    [Hyper("caution")]
    public bool Caution { get; set; } = false;
}
