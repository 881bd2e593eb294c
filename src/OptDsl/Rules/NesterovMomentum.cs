namespace OptDsl.Rules;

/// <summary>
/// Nesterov's accelerated gradient with the step size inside the velocity, in the form that needs the gradient at
/// the current point only.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²), 1983; Bengio et
/// al., Advances in optimizing recurrent networks, 2013.
/// </para>
/// <para>
/// Differences: None from Keras (SGD with nesterov=True). <see cref="Momentum"/> with Nesterov (PyTorch) has the
/// step size outside, which is the same while it is constant.
/// </para>
/// <para>Defaults: Keras' step size (0.01); its momentum of 0 is the customary 0.9 here.</para>
/// </remarks>
[UpdateRule("""
    v = μv - ηg
    W = W + μv - ηg
    """)]
[State("v", Meaning = "velocity, in units of the parameter")]
public sealed partial record NesterovMomentum
{
    /// <summary>Step size (learning_rate).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>What remains of the velocity after a step.</summary>
    [Hyper("μ", Min = 0, Max = 1)]
    public double Momentum { get; set; } = 0.9;
}
