using OptDsl;

namespace MovingAverage;

/// <summary>Adam without its bias correction: the mistake that this sample is about, and that OPT301 reports.</summary>
#pragma warning disable OPT301 // Shown on purpose.
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    W = W - η m / (√v + ε)
    """)]
#pragma warning restore OPT301
[State("m"), State("v")]
public sealed partial class UncorrectedAdam
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public double StepSize { get; set; } = 0.001;

    /// <summary>Decay of the first moment.</summary>
    [Hyper("β₁", Min = 0, Max = 0.999999)] public double Decay1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    [Hyper("β₂", Min = 0, Max = 0.999999)] public double Decay2 { get; set; } = 0.999;

    /// <summary>Keeps the denominator from zero.</summary>
    [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-8;
}
