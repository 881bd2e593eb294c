namespace OptDsl.Rules;

/// <summary>
/// Gradient descent: each step goes straight down the slope. With minibatches, stochastic gradient descent.
/// </summary>
/// <remarks>
/// <para>Paper: Robbins and Monro, A Stochastic Approximation Method, 1951.</para>
/// <para>
/// Differences: None from torch.optim.SGD without momentum. The weight decay is coupled (added to the gradient),
/// which here equals decoupled decay.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, no weight decay).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    W = W - ηg
    """)]
public sealed partial class Sgd
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
