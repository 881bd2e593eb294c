namespace OptDsl.Rules;

/// <summary>
/// NAdamW that leaves out the elements whose step goes against the gradient of the moment, and scales up the rest.
/// </summary>
/// <remarks>
/// <para>Paper: Liang et al., Cautious Optimizers: Improving Training with One Line of Code, 2024.</para>
/// <para>
/// Epsilon: outside the root, after the bias correction; the share of elements that move counts as at least 0.001.
/// </para>
/// <para>Differences: None from timm's NAdamW with caution=True. The mask's mean is over one tensor.</para>
/// <para>Defaults: Those of <see cref="NAdamW"/>.</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    n = β₁m + (1-β₁)g
    k = ng > 0
    W = (1-ηλ)W - η/(1-β₁ᵗ)/max(mean(k), 0.001) · kn / (√(v / (1-β₂ᵗ)) + ε)
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial class CautiousNAdamW
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
