namespace OptDsl.Rules;

/// <summary>Adam with the largest recent gradient in place of the mean square.</summary>
/// <remarks>
/// <para>Paper: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, section 7.1.</para>
/// <para>
/// Epsilon: inside the maximum, so that the denominator is never zero; the paper has none and divides by zero where
/// gradients are 0.
/// </para>
/// <para>Differences: None from torch.optim.Adamax. Keras adds its epsilon at the division.</para>
/// <para>Defaults: PyTorch's (lr 0.002, betas 0.9 and 0.999, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    m = β₁m + (1-β₁)g
    u = max(β₂u, |g| + ε)
    W = W - η/(1-β₁ᵗ) · m / u
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("u", Meaning = "largest recent gradient (exp_inf)")]
public sealed partial record AdaMax
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.002;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the largest gradient (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to each magnitude (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>L2 weight decay, added to the gradient.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
