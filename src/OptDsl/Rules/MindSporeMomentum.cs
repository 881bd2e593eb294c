namespace OptDsl.Rules;

/// <summary>Heavy-ball momentum with coupled weight decay, as MindSpore computes it.</summary>
/// <remarks>
/// <para>Paper: Polyak, 1964; mindspore.nn.Momentum.</para>
/// <para>
/// Differences: None from MindSpore. Against <see cref="Momentum"/> (PyTorch) there is no dampening and no special
/// first step, which is the same thing while the velocity starts at 0.
/// </para>
/// <para>
/// Defaults: MindSpore's for weight decay and Nesterov; it gives none for the step size and the momentum.
/// </para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    v = μv + g
    W = W - η(nesterov ? g + μv : v)
    """)]
[State("v", Meaning = "velocity (moments)")]
public sealed partial record MindSporeMomentum
{
    /// <summary>Step size (learning_rate).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.1;

    /// <summary>What remains of the velocity after a step.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to step from where the velocity is about to lead (use_nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;
}
