namespace OptDsl.Rules;

/// <summary>
/// Momentum whose weights fall back, every k steps, to a slow copy that follows them half the way.
/// </summary>
/// <remarks>
/// <para>Paper: Zhang et al., Lookahead Optimizer: k steps forward, 1 step back, 2019.</para>
/// <para>
/// Differences: None from timm's Lookahead around torch.optim.SGD: the slow weights are made at the first
/// synchronisation, which therefore changes nothing; in the paper they are the starting point.
/// </para>
/// <para>Defaults: timm's (lookahead alpha 0.5, k 6); lr 0.001 and dampening 0 as in PyTorch, Momentum 0.9.</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = t == 1 ? g : μv + (1-τ)g
    W = W - η(nesterov ? g + μv : v)
    p = t - k floor(t/k)
    s = p > 0 ? s : t < 2k ? W : s + α(W - s)
    W = p > 0 ? W : s
    """)]
[State("v", Meaning = "velocity (momentum_buffer)")]
[State("s", Meaning = "slow weights (lookahead_slow_buff)")]
public sealed partial class LookaheadMomentum
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>What remains of the velocity after a step.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>The share of each gradient after the first that is left out.</summary>
    [Hyper("τ", Min = 0, Max = 1)]
    public double Dampening { get; set; } = 0;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to step from where the velocity is about to lead.</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>How far the slow weights follow (alpha).</summary>
    [Hyper("α", Min = 0, Max = 1)]
    public double LookaheadAlpha { get; set; } = 0.5;

    /// <summary>Steps between synchronisations, a whole number (k).</summary>
    [Hyper("k", Min = 1)]
    public double LookaheadK { get; set; } = 6;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
