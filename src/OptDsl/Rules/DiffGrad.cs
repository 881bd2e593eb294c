namespace OptDsl.Rules;

/// <summary>Adam that brakes where the gradient has stopped changing.</summary>
/// <remarks>
/// <para>Paper: Dubey et al., diffGrad: An Optimization Method for Convolutional Neural Networks, 2019.</para>
/// <para>Epsilon: outside the uncorrected root.</para>
/// <para>Differences: None from torch_optimizer's DiffGrad.</para>
/// <para>Defaults: torch_optimizer's (lr 0.001, betas 0.9 and 0.999, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    f = sigmoid(|g' - g|)
    g' = g
    W = W - η√(1-β₂ᵗ)/(1-β₁ᵗ) · fm / (√v + ε)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("g'", Meaning = "gradient of the step before (previous_grad)")]
public sealed partial record DiffGrad
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

    /// <summary>L2 weight decay, added to the gradient.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
