using OptDsl;

namespace MomentumMatrix;

/// <summary>Momentum with coupled weight decay: the formulas as the notes have them, pasted.</summary>
[UpdateRule("""
    v_t = \mu \cdot v_{t-1} + g_t + \lambda \cdot W_{t-1}
    W_t = W_{t-1} - \text{lr}_t \cdot v_t
    """)]
[State("v")]
public sealed partial class Momentum
{
    /// <summary>Step size.</summary>
    [Hyper("lr", Min = 0)] public Schedule StepSize { get; set; } = 0.1;

    /// <summary>How much of the velocity is kept.</summary>
    [Hyper("μ", Min = 0, Max = 1)] public double Decay { get; set; } = 0.9;

    /// <summary>The pull towards zero.</summary>
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.005;
}
