namespace OptDsl.Tests.Runtime;

/// <summary>States that options add: the first and the last in memory, one read in a pass of its own.</summary>
[UpdateRule("""
    k = βk + (1-β)g²
    m = βm + (1-β)g
    n = scaled ? ‖k‖ : 1
    v = μv + m
    W = W - η(μ ≠ 0 ? v : m) / (1 + n)
    """)]
[State("k", Initial = "W²", When = "scaled"), State("m"), State("v", When = "μ ≠ 0")]
public sealed partial class DeclaredOptions
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.1;

    /// <summary>Decay of the averages.</summary>
    [Hyper("β", Min = 0, Max = 1)] public double Beta { get; set; } = 0.75;

    /// <summary>Decay of the velocity.</summary>
    [Hyper("μ", Min = 0, Max = 1)] public double Momentum { get; set; }

    /// <summary>True to scale the step.</summary>
    [Hyper("scaled")] public bool Scaled { get; set; }
}
