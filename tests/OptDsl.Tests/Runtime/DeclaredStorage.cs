namespace OptDsl.Tests.Runtime;

/// <summary>AdamW with both moments in bfloat16, by declaration.</summary>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = W - η (m̂ / (√v̂ + ε) + λW)
    """)]
[State("m", Storage = Storage.BFloat16), State("v", Storage = Storage.BFloat16)]
public sealed partial class NarrowAdamW
{
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.001;
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta1 { get; set; } = 0.9;
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta2 { get; set; } = 0.999;
    [Hyper("ε", Min = HyperAttribute.AboveZero)] public double Epsilon { get; set; } = 1e-8;
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.01;
}

/// <summary>AdamW with the first moment in bfloat16 and the second in blocks of 8 bits, by declaration.</summary>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = W - η (m̂ / (√v̂ + ε) + λW)
    """)]
[State("m", Storage = Storage.BFloat16), State("v", Storage = Storage.Block8)]
public sealed partial class NarrowerAdamW
{
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.001;
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta1 { get; set; } = 0.9;
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)] public double Beta2 { get; set; } = 0.999;
    [Hyper("ε", Min = HyperAttribute.AboveZero)] public double Epsilon { get; set; } = 1e-8;
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.01;
}

// Not to train with: it has a state of every kind, whatever that does to the mathematics.
#pragma warning disable OPT203, OPT301, OPT303, OPT304, OPT321, OPT322

/// <summary>States of every kind: rounded both ways, conditional, of one number, weights, and one that a pass reads again.</summary>
[UpdateRule("""
    n = max(n, ‖g‖)
    m = βm + (1-β)g
    v = nesterov ? βv + (1-β)g² : v
    z = z - ηm / (1 + ‖m‖)
    W = z - η (nesterov ? g / (1 + √v) : m) / (1 + n)
    """)]
[State("n", Per = Per.Tensor), State("m", Storage = Storage.BFloat16, Rounding = Rounding.Nearest), State("v", When = "nesterov"), State("z", Initial = "W")]
public sealed partial class MixedStorage
{
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.01;
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)] public double Decay { get; set; } = 0.9;
    [Hyper("nesterov")] public bool Nesterov { get; set; } = true;
}
