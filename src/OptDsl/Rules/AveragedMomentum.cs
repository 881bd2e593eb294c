namespace OptDsl.Rules;

/// <summary>
/// Momentum as an exponential moving average of gradients: the size of the step does not depend on the decay.
/// </summary>
/// <remarks>
/// <para>Paper: Ng, Improving Deep Neural Networks (course), 2017.</para>
/// <para>
/// Differences: <see cref="Momentum"/> with Dampening = Decay, the first step apart: PyTorch starts with the whole
/// gradient, this rule with 1-β of it, uncorrected as in the source.
/// </para>
/// <para>Defaults: The source's β = 0.9; step size 0.01.</para>
/// </remarks>
[UpdateRule("""
    v = βv + (1-β)g
    W = W - αv
    """)]
[State("v", Meaning = "average of gradients")]
public sealed partial record AveragedMomentum
{
    /// <summary>Step size.</summary>
    [Hyper("α", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the average.</summary>
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta { get; set; } = 0.9;
}
