namespace OptDsl.Rules;

/// <summary>
/// Averaged stochastic gradient descent: the average of the iterates, the state x̄, is the result.
/// </summary>
/// <remarks>
/// <para>Paper: Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992.</para>
/// <para>
/// Differences: None from torch.optim.ASGD: the step size of a step was settled at the end of the step before, and
/// the average starts after T0 steps.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, lambd 1e-4, alpha 0.75, t0 1e6).</para>
/// </remarks>
[UpdateRule("""
    g = (maximize ? -g : g) + λW
    W = (1-κs)W - sg
    x̄ = a == 1 ? W : x̄ + a(W - x̄)
    s = η / (1 + κηt)^α
    a = 1 / max(1, t - t₀)
    """)]
[State("x̄", Output = true, Meaning = "average of the iterates (ax)")]
[State("s", Initial = "η", Per = Per.Tensor, Meaning = "step size of the next step (eta)")]
[State("a", Initial = "1", Per = Per.Tensor, Meaning = "weight of the next iterate in the average (mu)")]
public sealed partial record Asgd
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Decay of the step size and of the weights (lambd).</summary>
    [Hyper("κ", Min = 0)]
    public double Lambd { get; set; } = 1e-4;

    /// <summary>Power of the decay of the step size (alpha).</summary>
    [Hyper("α", Min = 0)]
    public double Alpha { get; set; } = 0.75;

    /// <summary>The step at which averaging starts (t0).</summary>
    [Hyper("t₀", Min = 0)]
    public double T0 { get; set; } = 1e6;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
