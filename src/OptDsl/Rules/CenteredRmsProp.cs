namespace OptDsl.Rules;

/// <summary>
/// RMSProp that divides by the deviation of the gradient from its mean instead of its size, with momentum as an
/// option.
/// </summary>
/// <remarks>
/// <para>Paper: Graves, Generating Sequences With Recurrent Neural Networks, 2013.</para>
/// <para>Epsilon: outside the root.</para>
/// <para>
/// Differences: torch.optim.RMSprop with centered=True and any momentum. Rounding can bring the variance below 0,
/// where PyTorch gives NaN and this rule 0.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, alpha 0.99, eps 1e-8, momentum 0).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = αv + (1-α)g²
    ḡ = αḡ + (1-α)g
    b = μb + g / (√(max(v - ḡ², 0)) + ε)
    W = W - ηb
    """)]
[State("v", Meaning = "average of squared gradients (square_avg)")]
[State("ḡ", Meaning = "average of gradients (grad_avg)")]
[State("b", Meaning = "velocity of the scaled gradients (momentum_buffer)")]
public sealed partial class CenteredRmsProp
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of both averages (alpha).</summary>
    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Alpha { get; set; } = 0.99;

    /// <summary>What remains of the velocity after a step.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0;

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
