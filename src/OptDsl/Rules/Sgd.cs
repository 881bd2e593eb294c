namespace OptDsl.Rules;

/// <summary>
/// Gradient descent: each step goes straight down the slope. With minibatches, stochastic gradient descent; with
/// <see cref="Momentum"/>, a velocity that remembers the steps before.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Robbins and Monro, A Stochastic Approximation Method, 1951; Sutskever et al., On the importance of
/// initialization and momentum, 2013.
/// </para>
/// <para>
/// Differences: None from torch.optim.SGD: the first velocity is the gradient itself, without dampening, and the weight
/// decay is added to the gradient, which without momentum equals decoupled decay. PyTorch refuses Nesterov with
/// dampening; where momentum is switched on in mid-run, it takes the first gradient whole. <see cref="Rules.Momentum"/> is the
/// same rule with a momentum to begin with.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, momentum 0, dampening 0, no weight decay).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = μv + (t == 1 ? 1 : 1-τ)g
    W = W - η(μ ≠ 0 ? (nesterov ? g + μv : v) : g)
    """)]
[State("v", When = "μ ≠ 0", Meaning = "velocity (momentum_buffer)")]
public sealed partial record Sgd
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>What remains of the velocity after a step; 0 for no velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0;

    /// <summary>The share of each gradient after the first that is left out of the velocity.</summary>
    [Hyper("τ", Min = 0, Max = 1)]
    public double Dampening { get; set; } = 0;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to step from where the velocity is about to lead.</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
