namespace OptDsl.Rules;

/// <summary>Adam with Nesterov momentum and a warm-up of the momentum.</summary>
/// <remarks>
/// <para>Paper: Dozat, Incorporating Nesterov Momentum into Adam, 2016.</para>
/// <para>Epsilon: outside the root, after the bias correction.</para>
/// <para>
/// Differences: None from torch.optim.NAdam: the schedule μ weighs the parts of the step, the first moment itself
/// decays with β₁. Keras has the same schedule with 0.96^(0.004t).
/// </para>
/// <para>Defaults: PyTorch's (lr 0.002, betas 0.9 and 0.999, eps 1e-8, momentum_decay 0.004).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + (decoupled ? 0 : λ)W
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    μ = β₁(1 - ½ · 0.96^(tψ))
    μ' = β₁(1 - ½ · 0.96^((t+1)ψ))
    P = Pμ
    u = (1-μ)/(1-P) · g + μ'/(1-Pμ') · m
    W = (decoupled ? 1-ηλ : 1)W - ηu / (√(v / (1-β₂ᵗ)) + ε)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("P", Initial = "1", Per = Per.Tensor, Meaning = "product of the momenta so far (mu_product)")]
public sealed partial record NAdam
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.002;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>Speed of the momentum's warm-up (momentum_decay).</summary>
    [Hyper("ψ", Min = 0)]
    public double MomentumDecay { get; set; } = 0.004;

    /// <summary>True to decay the weights directly (decoupled_weight_decay).</summary>
    [Hyper("decoupled")]
    public bool DecoupledWeightDecay { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
