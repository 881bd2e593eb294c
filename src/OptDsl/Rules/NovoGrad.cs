namespace OptDsl.Rules;

/// <summary>
/// Adam with one second moment a tensor: the gradient is divided by its norm, and the memory is that of momentum.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Ginsburg et al., Stochastic Gradient Methods with Layer-wise Adaptive Moments for Training of Deep
/// Networks, 2019.
/// </para>
/// <para>Epsilon: outside the root.</para>
/// <para>
/// Differences: None from torch_optimizer's NovoGrad: the second moment starts at the first squared norm, and nothing is
/// corrected.
/// </para>
/// <para>
/// Defaults: torch_optimizer's (lr 0.001, betas 0.95 and 0, eps 1e-8), with the paper's second beta of 0.98.
/// </para>
/// </remarks>
[UpdateRule("""
    s = sum(g²)
    v = v == 0 ? s : β₂v + (1-β₂)s
    v̄ = amsgrad ? max(v̄, v) : v̄
    g = g / (√(amsgrad ? v̄ : v) + ε) + λW
    m = β₁m + (averaging ? 1-β₁ : 1)g
    W = W - ηm
    """)]
[State("m", Meaning = "velocity of the scaled gradients (exp_avg)")]
[State("v", Per = Per.Tensor, Meaning = "second moment of the gradient's norm (exp_avg_sq)")]
[State("v̄", Per = Per.Tensor, Meaning = "largest second moment so far, with amsgrad (max_exp_avg_sq)")]
public sealed partial record NovoGrad
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the velocity (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.95;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.98;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to weigh each gradient by 1-β₁ (grad_averaging).</summary>
    [Hyper("averaging")]
    public bool GradAveraging { get; set; } = false;

    /// <summary>True for a denominator that never shrinks (amsgrad).</summary>
    [Hyper("amsgrad")]
    public bool Amsgrad { get; set; } = false;
}
