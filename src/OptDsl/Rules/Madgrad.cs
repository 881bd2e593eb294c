namespace OptDsl.Rules;

/// <summary>
/// Momentumized dual averaging with a cube root in the denominator: the accuracy of SGD with the ease of Adam, on
/// vision and recurrent models.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Defazio and Jelassi, Adaptivity without Compromise: A Momentumized, Adaptive, Dual Averaged Gradient
/// Method, 2021.
/// </para>
/// <para>Epsilon: outside the cube root.</para>
/// <para>
/// Differences: The authors' code also adds epsilon to the step size, and leaves the decay coupled as here. The
/// weights are rebuilt from the starting point at every step, which is kept as a state.
/// </para>
/// <para>Defaults: The authors' (lr 0.01, momentum 0.9, eps 1e-6).</para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    l = η√t
    s = s + lg
    v = v + lg²
    z = x₀ - s / (∛v + ε)
    W = μW + (1-μ)z
    """)]
[State("s", Meaning = "weighted sum of gradients")]
[State("v", Meaning = "weighted sum of squared gradients (grad_sum_sq)")]
[State("x₀", Initial = "W", Meaning = "starting point")]
public sealed partial record Madgrad
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>The share of the weights that a step keeps (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>L2 weight decay, added to the gradient.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
