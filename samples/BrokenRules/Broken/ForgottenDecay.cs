using OptDsl;

namespace Broken;

/// <summary>A weight decay that does nothing.</summary>
/// <remarks>The property can be set and is never read; people tune it for days.</remarks>
[UpdateRule("""
    v = μv + g
    W = W - ηv
    """)]
[State("v")]
public sealed partial class ForgottenDecay
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public double StepSize { get; set; } = 0.001;

    /// <summary>Decay of the average.</summary>
    [Hyper("μ", Min = 0, Max = 1)] public double Decay { get; set; } = 0.9;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.01;
}
