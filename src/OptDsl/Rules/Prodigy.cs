namespace OptDsl.Rules;

/// <summary>
/// Adam that finds its step size itself, from how far the weights have come: leave LearningRate at 1 and use it for
/// a schedule only. Parameters that shall share the estimate are added as one group.
/// </summary>
/// <remarks>
/// <para>Paper: Mishchenko and Defazio, Prodigy: An Expeditiously Adaptive Parameter-Free Learner, 2023.</para>
/// <para>Epsilon: outside the root, times the estimate d.</para>
/// <para>
/// Differences: The estimate d is one for all tensors of a group; the authors' code has one for all groups. The bias
/// correction counts every step; theirs leaves out those that do nothing, with a learning rate of 0 or no gradient so far.
/// slice_p, which saves memory by estimating from a sample, is left out.
/// </para>
/// <para>
/// Defaults: The authors' (lr 1, betas 0.9 and 0.999, beta3 √β₂, eps 1e-8, d0 1e-6, d_coef 1, growth_rate infinite,
/// decouple on).
/// </para>
/// </remarks>
[UpdateRule("""
    κ = dη(correct ? √(1-β₂ᵗ)/(1-β₁ᵗ) : 1)
    g = g + (decoupled ? 0 : λ)W
    ω = β₃ > 0 ? β₃ : √β₂
    m = η > 0 ? β₁m + d(1-β₁)g : m
    v = η > 0 ? β₂v + d²(1-β₂)g² : v
    s = η > 0 ? ωs + d/d₀ · (safeguard ? d : κ)g : s
    n = η > 0 ? group(norm1(s)) : 0
    q = n > 0 ? ωq + d/d₀ · κ group(dot(g, W₀ - W)) : q
    d̂ = n > 0 ? χq/n : d
    d = d == d₀ ? max(d, d̂) : d
    D = max(D, d̂)
    d = n > 0 ? min(D, dζ) : d
    W = n > 0 ? (decoupled ? 1-κλ : 1)W - κm / (√v + dε) : W
    """)]
[State("m", Meaning = "first moment, times d (exp_avg)")]
[State("v", Meaning = "second moment, times d² (exp_avg_sq)")]
[State("s", Meaning = "weighted sum of gradients (s)")]
[State("W₀", Initial = "W", Meaning = "starting point (p0)")]
[State("q", Per = Per.Group, Meaning = "numerator of the estimate (d_numerator)")]
[State("d", Initial = "d₀", Per = Per.Group, Meaning = "estimate of the distance to the solution (d)")]
[State("D", Initial = "d₀", Per = Per.Group, Meaning = "largest estimate so far (d_max)")]
public sealed partial record Prodigy
{
    /// <summary>Factor on the estimated step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 1.0;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Decay of the estimate's numerator and denominator; 0 for √β₂ (beta3).</summary>
    [Hyper("β₃", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>The first estimate (d0).</summary>
    [Hyper("d₀", Min = HyperAttribute.AboveZero)]
    public double D0 { get; set; } = 1e-6;

    /// <summary>Factor on the estimate (d_coef).</summary>
    [Hyper("χ", Min = HyperAttribute.AboveZero)]
    public double DCoef { get; set; } = 1.0;

    /// <summary>The largest growth of the estimate in one step (growth_rate).</summary>
    [Hyper("ζ", Min = 1)]
    public double GrowthRate { get; set; } = double.PositiveInfinity;

    /// <summary>True to correct the moments for starting at 0 (use_bias_correction).</summary>
    [Hyper("correct")]
    public bool UseBiasCorrection { get; set; } = false;

    /// <summary>True to keep the learning rate out of the estimate's denominator, for schedules that begin low (safeguard_warmup).</summary>
    [Hyper("safeguard")]
    public bool SafeguardWarmup { get; set; } = false;

    /// <summary>True to decay the weights directly (decouple).</summary>
    [Hyper("decoupled")]
    public bool Decouple { get; set; } = true;
}
