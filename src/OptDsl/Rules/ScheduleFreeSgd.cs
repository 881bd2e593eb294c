namespace OptDsl.Rules;

/// <summary>
/// SGD that needs no schedule: the gradient is taken between a fast iterate and its average. The average, the state
/// x, is what to evaluate and deploy.
/// </summary>
/// <remarks>
/// <para>Paper: Defazio et al., The Road Less Scheduled, 2024.</para>
/// <para>
/// Differences: The authors' code keeps y and z and computes x when asked, two tensors where this rule keeps x too,
/// ready at any time. Warm-up is the Schedule of the step size.
/// </para>
/// <para>Defaults: The authors' (lr 1, momentum 0.9, r 0, weight_lr_power 2).</para>
/// </remarks>
[UpdateRule("""
    l = max(l, η)
    a = t^r · l^p
    s = s + a
    c = s > 0 ? a/s : 0
    z = z - η(g + λW)
    x = (1-c)x + cz
    W = (1-β)z + βx
    """)]
[State("z", Initial = "W", Meaning = "fast iterate")]
[State("x", Initial = "W", Output = true, Meaning = "average of the fast iterates: the result")]
[State("s", Per = Per.Tensor, Meaning = "sum of weights (weight_sum)")]
[State("l", Per = Per.Tensor, Meaning = "largest step size so far (lr_max)")]
public sealed partial record ScheduleFreeSgd
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 1.0;

    /// <summary>Where between the fast iterate and the average the gradient is taken (momentum).</summary>
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.9;

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
