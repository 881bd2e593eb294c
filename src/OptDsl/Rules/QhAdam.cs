namespace OptDsl.Rules;

/// <summary>Adam whose two moments are mixed with the plain gradient and its square.</summary>
/// <remarks>
/// <para>Paper: Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, 2019.</para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: The authors' qhoptim weighs its averages so that they need no correction; this is the paper's form,
/// equal in exact arithmetic. The weight decay is coupled, as there; DecoupledWeightDecay is its
/// decouple_weight_decay.
/// </para>
/// <para>
/// Defaults: qhoptim's (lr 0.001, betas 0.9 and 0.999, eps 1e-8), with the paper's nus of 0.7 and 1 instead of 1
/// and 1, which is Adam.
/// </para>
/// </remarks>
[UpdateRule("""
    g = g + (decoupled ? 0 : λ)W
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = (decoupled ? 1-ηλ : 1)W - η((1-ν₁)g + ν₁m̂) / (√((1-ν₂)g² + ν₂v̂) + ε)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record QhAdam
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

    /// <summary>The weight of the first moment against the gradient (nus[0]).</summary>
    [Hyper("ν₁", Min = 0, Max = 1)]
    public double Nu1 { get; set; } = 0.7;

    /// <summary>The weight of the second moment against the squared gradient (nus[1]).</summary>
    [Hyper("ν₂", Min = 0, Max = 1)]
    public double Nu2 { get; set; } = 1.0;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to decay the weights directly.</summary>
    [Hyper("decoupled")]
    public bool DecoupledWeightDecay { get; set; } = false;
}
