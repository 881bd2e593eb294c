namespace OptDsl.Torch.Tests;

/// <summary>A rule whose rate is a number and no schedule.</summary>
[UpdateRule("""
    v = μv + g
    W = W - ηv
    """)]
[State("v")]
public sealed partial class RuleOfNumbers
{
    [Hyper("η", Min = 0)] public double Rate { get; set; } = 0.1;
    [Hyper("μ", Min = 0, Max = 0.999)] public double Momentum { get; set; } = 0.9;
}

/// <summary>A rule whose rate is set while it is made.</summary>
[UpdateRule("W = W - ηg")]
public sealed partial record RuleOfOneNumber(double Start)
{
    [Hyper("η", Min = 0)] public double Rate { get; init; } = Start;
}
