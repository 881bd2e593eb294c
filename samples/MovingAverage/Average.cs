using OptDsl;

namespace MovingAverage;

/// <summary>An exponential moving average of the gradients, and the same with its start corrected.</summary>
[UpdateRule("""
    y^{(t)} = \gamma y^{(t-1)} + (1-\gamma) x^{(t)}
    \hat y^{(t)} = \frac{y^{(t)}}{1-\gamma^t}
    """, Gradient = "x")]
[State("y", Output = true), State("ŷ", Output = true)]
public sealed partial class Average
{
    /// <summary>How much of the average is kept from step to step.</summary>
    [Hyper("γ", Min = 0, Max = 0.999999)] public double Decay { get; set; } = 0.9;
}
