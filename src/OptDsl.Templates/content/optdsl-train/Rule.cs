using OptDsl;

/// <summary>Adam, to begin with: change the formulas, and the compiler says what that does.</summary>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    W = W - η m̂ / (√v̂ + ε)
    """)]
[State("m", Meaning = "first moment"), State("v", Meaning = "second moment")]
public sealed partial record Rule
{
    /// <summary>The step size, a number or a schedule.</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment.</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero.</summary>
    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;
}
