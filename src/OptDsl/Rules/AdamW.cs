namespace OptDsl.Rules;

/// <summary>Adam with decoupled weight decay: the default for transformers.</summary>
/// <remarks>
/// <para>
/// Paper: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019; Liang et al., Cautious Optimizers:
/// Improving Training with One Line of Code, 2024.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from torch.optim.AdamW, which has no Caution: the decay is multiplied by the step size, and comes
/// before the step.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, betas 0.9 and 0.999, eps 1e-8, weight_decay 0.01, no amsgrad).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    u = max(u, v)
    c = caution ? (mg > 0)m / max(mean(mg > 0), 0.001) : m
    m̂ = c / (1-β₁ᵗ)
    v̂ = (amsgrad ? u : v) / (1-β₂ᵗ)
    W = W - η(m̂ / (√v̂ + ε) + λW)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("u", When = "amsgrad", Meaning = "largest second moment so far (max_exp_avg_sq)")]
public sealed partial record AdamW
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

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>True for a denominator that never shrinks (amsgrad).</summary>
    [Hyper("amsgrad")]
    public bool Amsgrad { get; set; } = false;

    /// <summary>
    /// True to leave out the elements whose step goes against the gradient of the moment, and to scale up the rest
    /// (caution). Their share is over one tensor and counts as at least 0.001; it takes a pass of its own.
    /// </summary>
    [Hyper("caution")]
    public bool Caution { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
