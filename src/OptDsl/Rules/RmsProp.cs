namespace OptDsl.Rules;

/// <summary>
/// Divides each gradient by the root of its recent mean square. Well suited to recurrent networks and reinforcement
/// learning.
/// </summary>
/// <remarks>
/// <para>Paper: Tieleman and Hinton, Lecture 6.5: RMSProp (course), 2012.</para>
/// <para>
/// Epsilon: outside the root; TensorFlow and the lecture's followers have it inside (<see cref="RmsPropTF"/>).
/// </para>
/// <para>
/// Differences: None from torch.optim.RMSprop without its options that take more memory, which are rules of their
/// own: <see cref="RmsPropMomentum"/> and <see cref="CenteredRmsProp"/>.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, alpha 0.99, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = αv + (1-α)g²
    W = W - ηg / (√v + ε)
    """)]
[State("v", Meaning = "average of squared gradients (square_avg)")]
public sealed partial class RmsProp
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the average (alpha).</summary>
    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Alpha { get; set; } = 0.99;

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
