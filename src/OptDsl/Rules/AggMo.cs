namespace OptDsl.Rules;

/// <summary>
/// Aggregated momentum: the mean of three velocities with different memories damps the oscillations that each would
/// have alone.
/// </summary>
/// <remarks>
/// <para>Paper: Lucas et al., Aggregated Momentum: Stability Through Passive Damping, 2019.</para>
/// <para>
/// Differences: Three velocities, as by default in the paper and in torch_optimizer; another number of them is
/// another declaration.
/// </para>
/// <para>Defaults: torch_optimizer's (lr 0.001, betas 0, 0.9, 0.99).</para>
/// </remarks>
[UpdateRule("""
    g = g + λW
    b₁ = β₁b₁ + g
    b₂ = β₂b₂ + g
    b₃ = β₃b₃ + g
    W = W - η/3 · (b₁ + b₂ + b₃)
    """)]
[State("b₁", Meaning = "fast velocity")]
[State("b₂", Meaning = "velocity")]
[State("b₃", Meaning = "slow velocity")]
public sealed partial class AggMo
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first velocity (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0;

    /// <summary>Decay of the second velocity (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.9;

    /// <summary>Decay of the third velocity (betas[2]).</summary>
    [Hyper("β₃", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0.99;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
