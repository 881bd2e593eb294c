using OptDsl;

namespace Broken;

/// <summary>Both averages are corrected with β₁.</summary>
/// <remarks>Copied from the line above. The second average is divided by 1-0.9ᵗ and not by 1-0.999ᵗ.</remarks>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₁ᵗ)
    W = W - η m̂ / (√v̂ + ε)
    """)]
[State("m"), State("v")]
public sealed partial class AdamWithOneExponent
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public double StepSize { get; set; } = 0.001;

    /// <summary>Decay of the first moment.</summary>
    [Hyper("β₁", Min = 0, Max = 0.9999)] public double Decay1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    [Hyper("β₂", Min = 0, Max = 0.9999)] public double Decay2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero.</summary>
    [Hyper("ε", Min = 1e-300)] public double Epsilon { get; set; } = 1e-8;
}
