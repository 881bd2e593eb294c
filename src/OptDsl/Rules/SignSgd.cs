namespace OptDsl.Rules;

/// <summary>
/// Steps of one size along the sign of every gradient: one bit an element suffices between machines.
/// </summary>
/// <remarks>
/// <para>Paper: Bernstein et al., signSGD: Compressed Optimisation for Non-Convex Problems, 2018.</para>
/// <para>Epsilon: none is needed; the sign of 0 is 0, so that an element without gradient stays.</para>
/// <para>Differences: The decay is decoupled, as for <see cref="Signum"/> in the paper's code.</para>
/// <para>Defaults: optax leaves the step size to the user; 0.001 here.</para>
/// </remarks>
[UpdateRule("""
    W = W - η(sign(g) + λW)
    """)]
public sealed partial record SignSgd
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
