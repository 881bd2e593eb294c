namespace OptDsl.Rules;

/// <summary>
/// Momentum as textbooks print it: the step size is inside the velocity, so that a change of it takes effect
/// gradually.
/// </summary>
/// <remarks>
/// <para>Paper: Polyak, 1964; Zhang et al., Dive into Deep Learning, section 12.6.</para>
/// <para>
/// Differences: With a constant step size the path is that of <see cref="Momentum"/>; when it changes, PyTorch
/// rescales the whole velocity at once and this rule does not. Keras (SGD with momentum) is this form with the sign
/// of v turned.
/// </para>
/// <para>Defaults: Keras' step size (0.01); 0.9 is customary.</para>
/// </remarks>
[UpdateRule("""
    v = γv + ηg
    W = W - v
    """)]
[State("v", Meaning = "velocity, in units of the parameter")]
public sealed partial record ClassicMomentum
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>What remains of the velocity after a step.</summary>
    [Hyper("γ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;
}
