namespace OptDsl.Rules;

/// <summary>
/// Quasi-hyperbolic momentum: a mix of the plain gradient and its average, which has SGD, momentum and Nesterov as
/// special cases.
/// </summary>
/// <remarks>
/// <para>Paper: Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, 2019.</para>
/// <para>
/// Differences: torch_optimizer's weight_decay_type is the flag DirectWeightDecay: false is "grad", true is
/// "direct".
/// </para>
/// <para>
/// Defaults: torch_optimizer leaves step size to the caller's 0.001 and names no momentum and nu; the paper's rule
/// of thumb is 0.999 and 0.7.
/// </para>
/// </remarks>
[UpdateRule("""
    g = g + (direct ? 0 : λ)W
    v = μv + (1-μ)g
    W = (direct ? 1-ηλ : 1)W - η(νv + (1-ν)g)
    """)]
[State("v", Meaning = "average of gradients")]
public sealed partial record Qhm
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.999;

    /// <summary>The weight of the average in the step; the plain gradient has the rest (nu).</summary>
    [Hyper("ν", Min = 0, Max = 1)]
    public double Nu { get; set; } = 0.7;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to decay the weights directly, false to add the decay to the gradient.</summary>
    [Hyper("direct")]
    public bool DirectWeightDecay { get; set; } = false;
}
