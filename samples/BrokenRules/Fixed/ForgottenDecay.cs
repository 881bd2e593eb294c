using OptDsl;

namespace Fixed;

/// <summary>Broken.ForgottenDecay, mended.</summary>
[UpdateRule("""
    v = μv + g
    W = W - η(v + λW)
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
