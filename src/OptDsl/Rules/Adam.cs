namespace OptDsl.Rules;

/// <summary>
/// Momentum divided by the root of the mean squared gradient, both corrected for starting at zero: the default of
/// deep learning.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015; Reddi, Kale and Kumar, On the Convergence of
/// Adam and Beyond, 2018 (amsgrad, which corrects nothing there).
/// </para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from torch.optim.Adam. The weight decay is an L2 term in the gradient and so goes through the
/// denominator; <see cref="AdamW"/> is what is usually wanted. Keras adds epsilon (1e-7) before the bias
/// correction.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, betas 0.9 and 0.999, eps 1e-8, weight_decay 0, no amsgrad).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    u = max(u, v)
    m̂ = m / (1-β₁ᵗ)
    v̂ = (amsgrad ? u : v) / (1-β₂ᵗ)
    W = W - ηm̂ / (√v̂ + ε)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("u", When = "amsgrad", Meaning = "largest second moment so far (max_exp_avg_sq)")]
public sealed partial record Adam
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

    /// <summary>True for a denominator that never shrinks (amsgrad).</summary>
    [Hyper("amsgrad")]
    public bool Amsgrad { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
