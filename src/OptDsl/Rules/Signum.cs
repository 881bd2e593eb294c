namespace OptDsl.Rules;

/// <summary>Steps of one size along the sign of the momentum.</summary>
/// <remarks>
/// <para>Paper: Bernstein et al., signSGD: Compressed Optimisation for Non-Convex Problems, 2018, algorithm 2.</para>
/// <para>Epsilon: none is needed: the sign removes every positive factor, the bias of the average included.</para>
/// <para>Differences: <see cref="Lion"/> reads its average with another decay than it updates it with.</para>
/// <para>Defaults: The paper's momentum of 0.9; step size 0.001.</para>
/// </remarks>
[UpdateRule("""
    m = βm + (1-β)g
    W = W - η(sign(m) + λW)
    """)]
[State("m", Meaning = "first moment")]
public sealed partial record Signum
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment.</summary>
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta { get; set; } = 0.9;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
