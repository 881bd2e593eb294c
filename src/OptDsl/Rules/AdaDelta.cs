namespace OptDsl.Rules;

/// <summary>
/// Steps in the units of the parameter: the size of recent gradients is set against the size of recent steps, so
/// that no step size has to be found.
/// </summary>
/// <remarks>
/// <para>Paper: Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012.</para>
/// <para>Epsilon: inside both roots; in the upper one it is what gets the rule started.</para>
/// <para>
/// Differences: None from torch.optim.Adadelta. Keras' default step size is 0.001, the paper has none (1).
/// </para>
/// <para>Defaults: PyTorch's (lr 1, rho 0.9, eps 1e-6).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    v = ρv + (1-ρ)g²
    d = g √(a + ε) / √(v + ε)
    a = ρa + (1-ρ)d²
    W = W - ηd
    """)]
[State("v", Meaning = "average of squared gradients (square_avg)")]
[State("a", Meaning = "average of squared steps (acc_delta)")]
public sealed partial record AdaDelta
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 1.0;

    /// <summary>Decay of both averages (rho).</summary>
    [Hyper("ρ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Rho { get; set; } = 0.9;

    /// <summary>Keeps both roots from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
