namespace OptDsl.Tests.Runtime;

/// <summary>A compiled rule with everything there is of one value a group: states, reductions of each kind, the count, and the step.</summary>
[UpdateRule("""
    m = βm + (1-β)g
    n = group(‖m‖) / √group(count(m))
    s = max(βs, n, group(maxabs(g)))
    q = q + group(sum(g))
    r = ρr + (1-ρ)‖W‖
    c = c + 1
    W = W - η(m / (s + ε) + q tanh(r) / t)
    p = p + group(mean(W))
    """)]
[State("m"), State("s", Initial = "ε", Per = Per.Group), State("q", Per = Per.Group), State("r", Per = Per.Tensor)]
[State("c", Per = Per.Group, Output = true), State("p", Per = Per.Group, Output = true)]
public sealed partial class DeclaredGroupStep
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 1e-2;

    /// <summary>Decay of the average of gradients.</summary>
    [Hyper("β", Min = 0, Max = 1)] public double Beta { get; set; } = 0.9;

    /// <summary>Decay of the average of sizes.</summary>
    [Hyper("ρ", Min = 0, Max = 1)] public double Rho { get; set; } = 0.5;

    /// <summary>Keeps denominators from zero.</summary>
    [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-6;
}
