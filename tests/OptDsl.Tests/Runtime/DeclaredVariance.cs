namespace OptDsl.Tests.Runtime;

/// <summary>RMSProp as Graves printed it in 2013: its root is guarded as floats need it.</summary>
[UpdateRule("""
    n = αn + (1-α)g²
    ḡ = αḡ + (1-α)g
    W = W - ηg / √(n - ḡ² + 0.0001)
    """)]
[State("n"), State("ḡ")]
public sealed partial class GravesRmsProp
{
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 1e-4;
    [Hyper("α", Min = 0, Max = HyperAttribute.BelowOne)] public double Decay { get; set; } = 0.95;
}
