namespace OptDsl.Rules;

/// <summary>
/// Lion that leaves out the elements whose step goes against the gradient of the moment, and scales up the rest.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Liang et al., Cautious Optimizers: Improving Training with One Line of Code, 2024; Chen et al., Symbolic
/// Discovery of Optimization Algorithms, 2023.
/// </para>
/// <para>Epsilon: none is needed in the step; the share of elements that move counts as at least 0.001.</para>
/// <para>
/// Differences: None from timm's Lion with caution=True. The mask's mean is over one tensor, what is added to the
/// optimizer as one parameter, and takes a pass of its own.
/// </para>
/// <para>Defaults: timm's (lr 1e-4, betas 0.9 and 0.99).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    u = sign(β₁m + (1-β₁)g)
    k = ug > 0
    W = (1-ηλ)W - η/max(mean(k), 0.001) · ku
    m = β₂m + (1-β₂)g
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
public sealed partial class CautiousLion
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 1e-4;

    /// <summary>The weight of the past in the step (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the first moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.99;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
