using OptDsl;

namespace LinearRegression;

/// <summary>Momentum with the step size inside the velocity.</summary>
[UpdateRule("""
    v = γv + ηg
    w = w - v
    """, Parameter = "w")]
[State("v")]
public sealed partial class Momentum
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule StepSize { get; set; } = 0.2;

    /// <summary>How much of the velocity is kept.</summary>
    [Hyper("γ", Min = 0, Max = 1)] public double Decay { get; set; } = 0.9;
}
