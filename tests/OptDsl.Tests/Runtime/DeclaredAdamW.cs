namespace OptDsl.Tests.Runtime;

/// <summary>AdamW as a user declares it: the compiled kind of rule, one pass, two states.</summary>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = W - η (m̂ / (√v̂ + ε) + λW)
    """)]
[State("m", Meaning = "first moment (exp_avg)"), State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial class DeclaredAdamW
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 1e-3;

    /// <summary>Decay of the first moment.</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero.</summary>
    [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; }
}
