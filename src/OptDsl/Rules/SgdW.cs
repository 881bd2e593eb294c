namespace OptDsl.Rules;

/// <summary>
/// Momentum with decoupled weight decay: the decay shrinks the weights directly and does not enter the velocity.
/// </summary>
/// <remarks>
/// <para>Paper: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019.</para>
/// <para>
/// Differences: None from timm's SGDW without caution. The first velocity is the
/// gradient itself, as in PyTorch's SGD.
/// </para>
/// <para>Defaults: timm's (lr 0.001, dampening 0); Momentum, which is 0 there, is the customary 0.9.</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    v = μv + (t == 1 ? 1 : 1-τ)g
    λ' = (η₀ > 0 ? η/η₀ : 1)λ
    W = (1-ηλ')W - η(μ ≠ 0 ? (nesterov ? g + μv : v) : g)
    """)]
[State("v", When = "μ ≠ 0", Meaning = "velocity (momentum_buffer)")]
public sealed partial class SgdW
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>What remains of the velocity after a step; 0 for no velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>The share of each gradient after the first that is left out.</summary>
    [Hyper("τ", Min = 0, Max = 1)]
    public double Dampening { get; set; } = 0;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>
    /// The largest step size of the schedule, to decay by η²λ/η₀ in place of ηλ (corrected_weight_decay, where it is the lr of
    /// the constructor); 0 for ηλ.
    /// </summary>
    [Hyper("η₀", Min = 0)]
    public double MaxLearningRate { get; set; } = 0;

    /// <summary>True to step from where the velocity is about to lead.</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
