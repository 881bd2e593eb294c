namespace OptDsl.Tests.Runtime;

/// <summary>A reduction that an option adds, before one that is always there.</summary>
[UpdateRule("""
    m = βm + (1-β)g
    u = masked ? (mg > 0)m / max(mean(mg > 0), 0.001) : m
    W = W - ηu / (1 + ‖u‖)
    """)]
[State("m")]
public sealed partial class DeclaredMask
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.1;

    /// <summary>Decay of the average.</summary>
    [Hyper("β", Min = 0, Max = 1)] public double Beta { get; set; } = 0.75;

    /// <summary>True to leave out what goes against the gradient.</summary>
    [Hyper("masked")] public bool Masked { get; set; }
}
