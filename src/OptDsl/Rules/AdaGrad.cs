namespace OptDsl.Rules;

/// <summary>
/// Every element's step shrinks with the gradients it has seen: good for sparse features, of which rare ones keep
/// learning.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization,
/// 2011.
/// </para>
/// <para>Epsilon: outside the root.</para>
/// <para>
/// Differences: None from torch.optim.Adagrad. Keras starts the accumulator at 0.1 and has epsilon 1e-7 inside the
/// root.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, lr_decay 0, eps 1e-10, initial_accumulator_value 0).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    s = s + g²
    W = W - η/(1 + (t-1)κ) · g / (√s + ε)
    """)]
[State("s", Initial = "s₀", Meaning = "sum of squared gradients (sum)")]
public sealed partial record AdaGrad
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the step size with the steps (lr_decay).</summary>
    [Hyper("κ", Min = 0)]
    public double LearningRateDecay { get; set; } = 0;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>What the sum starts from (initial_accumulator_value).</summary>
    [Hyper("s₀", Min = 0)]
    public double InitialAccumulatorValue { get; set; } = 0;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-10;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
