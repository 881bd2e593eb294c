using OptDsl;

namespace Quickstart;

/// <summary>Heavy-ball momentum with coupled weight decay, as MindSpore computes it.</summary>
[UpdateRule("""
    v = μv + g + λW
    W = W - ηv
    """)]
[State("v")]
public sealed partial class Momentum
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.1;

    /// <summary>How much of the velocity is kept from step to step.</summary>
    [Hyper("μ", Min = 0, Max = 1)] public double Decay { get; set; } = 0.9;

    /// <summary>How strongly weights are pulled towards zero.</summary>
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.005;
}
