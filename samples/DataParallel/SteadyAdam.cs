using OptDsl;

namespace DataParallel;

/// <summary>Adam whose step of a tensor is never larger, in the root of the mean square, than the step size: the clipping of Adafactor.</summary>
/// <remarks>The mean is over the whole tensor, of which each rank has a part: the ranks add their sums up in the order of one process.</remarks>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    m̂ = m / (1-β₁ᵗ)
    v̂ = v / (1-β₂ᵗ)
    u = m̂ / (√v̂ + ε)
    W = W - η(u / max(1, rms(u)) + λW)
    """)]
[State("m"), State("v")]
public sealed partial class SteadyAdam
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment.</summary>
    [Hyper("β₁", Min = 0, Max = 0.999999)] public double Decay1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    [Hyper("β₂", Min = 0, Max = 0.999999)] public double Decay2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero.</summary>
    [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-8;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)] public double Decay { get; set; } = 0.01;
}
