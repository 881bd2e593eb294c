namespace OptDsl.Rules.Matrices;

/// <summary>AdaGrad that keeps one number a row and one a column: of both bounds on an element's squares the smaller counts.</summary>
/// <remarks>
/// <para>Paper: Anil et al., Memory-Efficient Adaptive Optimization, 2019 (SM3-II).</para>
/// <para>Epsilon: inside the root.</para>
/// <para>
/// Differences: None from pytorch_optimizer's SM3 for matrices and vectors. Of more dimensions, that one keeps numbers of each; here
/// the first is the rows and all others are the columns.
/// </para>
/// <para>Defaults: pytorch_optimizer's (lr 0.1, momentum 0, beta 0, eps 1e-30).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    b = rank(W) ≥ 2 ? min(r, c) : r
    ν = (β > 0 ? βb : b) + (1-β)g²
    r = β > 0 ? max(r, rowmax(ν)) : rowmax(ν)
    c = β > 0 ? max(c, colmax(ν)) : colmax(ν)
    u = g / √(ν + ε)
    m = μm + (1-μ)u
    W = W - η(μ > 0 ? m : u)
    """)]
[State("r", Per = Per.Row, Meaning = "bound on the sums of squares of the rows (accumulator_0)")]
[State("c", Per = Per.Column, Meaning = "bound on the sums of squares of the columns (accumulator_1)")]
[State("m", When = "μ > 0", Meaning = "average of the scaled gradient (momentum_buffer)")]
public sealed partial record Sm3
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.1;

    /// <summary>Decay of the average; 0 for no average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0;

    /// <summary>Decay of the squares; 0 to add them up (beta).</summary>
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta { get; set; } = 0;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-30;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
