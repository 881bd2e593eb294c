using OptDsl;

namespace Broken;

/// <summary>The root of a difference.</summary>
/// <remarks>s - m² is a variance and not negative; rounding makes it so when the gradient is constant.</remarks>
[UpdateRule("""
    s = βs + (1-β)g²
    m = βm + (1-β)g
    W = W - η g / (√(s - m²) + ε)
    """)]
[State("s"), State("m")]
public sealed partial class CenteredRmsProp
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public double StepSize { get; set; } = 0.001;

    /// <summary>Decay of the average.</summary>
    [Hyper("β", Min = 0, Max = 0.9999)] public double Decay { get; set; } = 0.99;

    /// <summary>Keeps the denominator from zero.</summary>
    [Hyper("ε", Min = 1e-300)] public double Epsilon { get; set; } = 1e-8;
}
