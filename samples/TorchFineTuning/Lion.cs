using OptDsl;

namespace TorchFineTuning;

/// <summary>Lion as its paper prints it, which TorchSharp does not have: declared here, and an optimizer of TorchSharp in one line.</summary>
[UpdateRule("""
    c = β₁m + (1-β₁)g
    W = W - η(sign(c) + λW)
    m = β₂m + (1-β₂)g
    """)]
[State("m")]
public sealed partial class Lion
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 1e-4;

    /// <summary>How much of the average goes into the step.</summary>
    [Hyper("β₁", Min = 0, Max = 1)] public double Beta1 { get; set; } = 0.9;

    /// <summary>How much of the average is kept.</summary>
    [Hyper("β₂", Min = 0, Max = 1)] public double Beta2 { get; set; } = 0.99;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; }
}
