namespace OptDsl.Rules;

/// <summary>
/// AdamW that needs no schedule: the gradient is taken between a fast iterate and its average. The average, the
/// state x, is what to evaluate and deploy.
/// </summary>
/// <remarks>
/// <para>Paper: Defazio et al., The Road Less Scheduled, 2024, algorithm 1.</para>
/// <para>Epsilon: outside the uncorrected root; the correction is in the step size.</para>
/// <para>
/// Differences: The authors' code keeps y and z and computes x when asked, two tensors where this rule keeps x too,
/// ready at any time. Its later versions correct the second moment under the root instead of the step size, so that
/// decay and weights are free of the correction. Warm-up is the Schedule of the step size.
/// </para>
/// <para>Defaults: The authors' (lr 0.0025, betas 0.9 and 0.999, eps 1e-8, r 0, weight_lr_power 2).</para>
/// </remarks>
[UpdateRule("""
    κ = η√(1-β₂ᵗ)
    l = max(l, κ)
    a = t^r · l^p
    s = s + a
    c = s > 0 ? a/s : 0
    v = β₂v + (1-β₂)g²
    z = z - κ(g / (√v + ε) + λW)
    x = (1-c)x + cz
    W = (1-β₁)z + β₁x
    """)]
[State("z", Initial = "W", Meaning = "fast iterate")]
[State("x", Initial = "W", Output = true, Meaning = "average of the fast iterates: the result")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
[State("s", Per = Per.Tensor, Meaning = "sum of weights (weight_sum)")]
[State("l", Per = Per.Tensor, Meaning = "largest step size so far (lr_max)")]
public sealed partial record ScheduleFreeAdamW
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.0025;

    /// <summary>Where between the fast iterate and the average the gradient is taken (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay at the point where the gradient is taken.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>The power of the step count that weighs an iterate (r).</summary>
    [Hyper("r", Min = 0)]
    public double R { get; set; } = 0;

    /// <summary>The power of the largest step size that weighs an iterate (weight_lr_power).</summary>
    [Hyper("p", Min = 0)]
    public double WeightLearningRatePower { get; set; } = 2.0;
}
