namespace OptDsl.Rules;

/// <summary>
/// Aggregated momentum: the mean of some velocities with different memories damps the oscillations that each would have
/// alone.
/// </summary>
/// <remarks>
/// <para>Paper: Lucas et al., Aggregated Momentum: Stability Through Passive Damping, 2019.</para>
/// <para>
/// Differences: None from torch_optimizer's AggMo with one to six betas, of which Velocities says how many count.
/// </para>
/// <para>
/// Defaults: torch_optimizer's (lr 0.001, betas 0, 0.9, 0.99); the betas after them go on in the same way, as the paper
/// has them.
/// </para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    b₁ = β₁b₁ + g
    b₂ = β₂b₂ + g
    b₃ = β₃b₃ + g
    b₄ = β₄b₄ + g
    b₅ = β₅b₅ + g
    b₆ = β₆b₆ + g
    b = b₁ + (K ≥ 2 ? b₂ : 0) + (K ≥ 3 ? b₃ : 0) + (K ≥ 4 ? b₄ : 0) + (K ≥ 5 ? b₅ : 0) + (K ≥ 6 ? b₆ : 0)
    W = W - η/K · b
    """)]
[State("b₁", Meaning = "first velocity (momentum_buffer[betas[0]])")]
[State("b₂", When = "K ≥ 2", Meaning = "second velocity (momentum_buffer[betas[1]])")]
[State("b₃", When = "K ≥ 3", Meaning = "third velocity (momentum_buffer[betas[2]])")]
[State("b₄", When = "K ≥ 4", Meaning = "fourth velocity (momentum_buffer[betas[3]])")]
[State("b₅", When = "K ≥ 5", Meaning = "fifth velocity (momentum_buffer[betas[4]])")]
[State("b₆", When = "K ≥ 6", Meaning = "sixth velocity (momentum_buffer[betas[5]])")]
public sealed partial record AggMo
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>The number of velocities, 1 to 6 (the length of betas).</summary>
    [Hyper("K", Min = 1, Max = 6)]
    public double Velocities { get; set; } = 3;

    /// <summary>Decay of the first velocity (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0;

    /// <summary>Decay of the second velocity (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.9;

    /// <summary>Decay of the third velocity (betas[2]).</summary>
    [Hyper("β₃", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0.99;

    /// <summary>Decay of the fourth velocity (betas[3]).</summary>
    [Hyper("β₄", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta4 { get; set; } = 0.999;

    /// <summary>Decay of the fifth velocity (betas[4]).</summary>
    [Hyper("β₅", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta5 { get; set; } = 0.9999;

    /// <summary>Decay of the sixth velocity (betas[5]).</summary>
    [Hyper("β₆", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta6 { get; set; } = 0.99999;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
