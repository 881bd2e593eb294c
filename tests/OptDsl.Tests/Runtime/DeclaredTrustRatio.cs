namespace OptDsl.Tests.Runtime;

/// <summary>A compiled rule with reductions, a per-tensor state and several passes, in the manner of LAMB and NovoGrad.</summary>
[UpdateRule("""
    s = βs + (1-β)sum(g²)
    m = βm + (1-β)g / (√s + ε)
    u = m + λW
    W = W - η(‖W‖ / (‖u‖ + ε))u
    """)]
[State("s", Per = Per.Tensor), State("m")]
public sealed partial class DeclaredTrustRatio
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 1e-2;

    /// <summary>Decay of the averages.</summary>
    [Hyper("β", Min = 0, Max = 1)] public double Beta { get; set; } = 0.9;

    /// <summary>Keeps denominators from zero.</summary>
    [Hyper("ε", Min = 0)] public double Epsilon { get; set; } = 1e-6;

    /// <summary>Weight decay.</summary>
    [Hyper("λ", Min = 0)] public double WeightDecay { get; set; } = 0.01;
}
