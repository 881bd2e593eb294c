namespace OptDsl.Benchmarks.Contestants;

// The rules as the C contestants compute them, without the library's options.

[UpdateRule("W = W - ηg")]
internal sealed partial class PlainSgd
{
    [Hyper("η")]
    public double LearningRate { get; set; } = 1e-3;
}

[UpdateRule("v = μv + g; W = W - ηv")]
[State("v")]
internal sealed partial class PlainMomentum
{
    [Hyper("η")]
    public double LearningRate { get; set; } = 1e-3;

    [Hyper("μ")]
    public double Decay { get; set; } = 0.9;
}

[UpdateRule("v = αv + (1-α)g²; W = W - ηg / (√v + ε)")]
[State("v")]
internal sealed partial class PlainRmsProp
{
    [Hyper("η")]
    public double LearningRate { get; set; } = 1e-3;

    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Alpha { get; set; } = 0.99;

    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;
}

[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = W - η(m̂ / (√v̂ + ε) + λW)
    """)]
[State("m"), State("v")]
internal sealed partial class PlainAdamW
{
    [Hyper("η")]
    public double LearningRate { get; set; } = 1e-3;

    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;

    [Hyper("λ")]
    public double WeightDecay { get; set; } = 0.01;
}

[UpdateRule("""
    W = W - η(sign(β₁m + (1-β₁)g) + λW)
    m = β₂m + (1-β₂)g
    """)]
[State("m")]
internal sealed partial class PlainLion
{
    [Hyper("η")]
    public double LearningRate { get; set; } = 1e-4;

    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.99;

    [Hyper("λ")]
    public double WeightDecay { get; set; } = 0.01;
}

[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    u = m/(1-β₁ᵗ) / (√(v/(1-β₂ᵗ)) + ε) + λW
    r = ‖W‖ > 0 and ‖u‖ > 0 ? ‖W‖/‖u‖ : 1
    W = W - ηru
    """)]
[State("m"), State("v")]
internal sealed partial class PlainLamb
{
    [Hyper("η")]
    public double LearningRate { get; set; } = 1e-3;

    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-6;

    [Hyper("λ")]
    public double WeightDecay { get; set; } = 0.01;
}
