namespace OptDsl.Rules;

/// <summary>
/// Gradient descent with a heavy-ball velocity; with <see cref="Nesterov"/>, the look-ahead form. The workhorse of
/// vision models.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Polyak, Some methods of speeding up the convergence of iteration methods, 1964; Sutskever et al., On the
/// importance of initialization and momentum, 2013.
/// </para>
/// <para>
/// Differences: None from torch.optim.SGD with momentum: the step size is outside the velocity (it matters once it
/// changes), and the first velocity is the gradient itself, without dampening. Keras and Sutskever keep the step
/// size inside (<see cref="NesterovMomentum"/>, <see cref="ClassicMomentum"/>); MindSpore dampens nothing
/// (<see cref="MindSporeMomentum"/>). PyTorch's momentum is called Decay here, since a member cannot be named as
/// its class.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, dampening 0); Decay, which is 0 there, is the customary 0.9.</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = t == 1 ? g : μv + (1-τ)g
    W = W - η(nesterov ? g + μv : v)
    """)]
[State("v", Meaning = "velocity (momentum_buffer)")]
public sealed partial record Momentum
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>What remains of the velocity after a step (momentum).</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Decay { get; set; } = 0.9;

    /// <summary>The share of each gradient after the first that is left out (dampening).</summary>
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
