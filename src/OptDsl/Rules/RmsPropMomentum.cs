namespace OptDsl.Rules;

/// <summary>RMSProp with a velocity over the scaled gradients.</summary>
/// <remarks>
/// <para>Paper: Tieleman and Hinton, Lecture 6.5: RMSProp (course), 2012.</para>
/// <para>Epsilon: outside the root.</para>
/// <para>Differences: None from torch.optim.RMSprop with momentum; the step size is outside the velocity.</para>
/// <para>
/// Defaults: PyTorch's (lr 0.01, alpha 0.99, eps 1e-8); Momentum, which is 0 there, is the customary 0.9.
/// </para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = αv + (1-α)g²
    b = μb + g / (√v + ε)
    W = W - ηb
    """)]
[State("v", Meaning = "average of squared gradients (square_avg)")]
[State("b", Meaning = "velocity of the scaled gradients (momentum_buffer)")]
public sealed partial class RmsPropMomentum
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the average (alpha).</summary>
    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Alpha { get; set; } = 0.99;

    /// <summary>What remains of the velocity after a step.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
