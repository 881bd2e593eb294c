using OptDsl;

/// <summary>Heavy-ball momentum, to begin with.</summary>
[UpdateRule("""
    v = μv + g
    W = W - ηv
    """)]
[State("v", Meaning = "velocity")]
public sealed partial record Rule1
{
    /// <summary>The step size, a number or a schedule.</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>What is left of the velocity after a step.</summary>
    [Hyper("μ", Min = 0, Max = 0.999)]
    public double Momentum { get; set; } = 0.9;
}
