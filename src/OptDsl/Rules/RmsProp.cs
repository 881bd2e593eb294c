namespace OptDsl.Rules;

/// <summary>
/// Divides each gradient by the root of its recent mean square; with <see cref="Centered"/>, by its deviation from the mean.
/// Well suited to recurrent networks and reinforcement learning.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Tieleman and Hinton, Lecture 6.5: RMSProp (course), 2012; Graves, Generating Sequences With Recurrent Neural
/// Networks, 2013 (centered).
/// </para>
/// <para>
/// Epsilon: outside the root; TensorFlow and the lecture's followers have it inside (<see cref="RmsPropTF"/>).
/// </para>
/// <para>
/// Differences: None from torch.optim.RMSprop; the step size is outside the velocity. Rounding can bring the centered
/// variance below 0, where PyTorch gives NaN and this rule 0.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, alpha 0.99, eps 1e-8, momentum 0, not centered).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = αv + (1-α)g²
    ḡ = αḡ + (1-α)g
    u = g / (√(centered ? max(v - ḡ², 0) : v) + ε)
    b = μb + u
    W = W - η(μ ≠ 0 ? b : u)
    """)]
[State("v", Meaning = "average of squared gradients (square_avg)")]
[State("ḡ", When = "centered", Meaning = "average of gradients (grad_avg)")]
[State("b", When = "μ ≠ 0", Meaning = "velocity of the scaled gradients (momentum_buffer)")]
public sealed partial record RmsProp
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the averages (alpha).</summary>
    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Alpha { get; set; } = 0.99;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>What remains of the velocity after a step; 0 for no velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0;

    /// <summary>True to divide by the deviation of the gradient from its mean, of which states in few bits leave nothing.</summary>
    [Hyper("centered")]
    public bool Centered { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
