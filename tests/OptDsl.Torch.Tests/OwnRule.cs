namespace OptDsl.Torch.Tests;

/// <summary>A rule as a user declares it.</summary>
[UpdateRule("""
    v = μv + g
    s = max(s, ‖g‖)
    W = W - η v / (1 + s)
    """)]
[State("v"), State("s", Per = Per.Tensor)]
public sealed partial class OwnRule
{
    [Hyper("η", Min = 0)] public Schedule Rate { get; set; } = 0.1;
    [Hyper("μ", Min = 0, Max = 0.999)] public double Momentum { get; set; } = 0.9;
}
