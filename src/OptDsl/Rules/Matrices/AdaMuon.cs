namespace OptDsl.Rules.Matrices;

// Idle only on the matrices of one column that checks run: there the factor of a sign is that sign but for its length, which is set anew.
#pragma warning disable OPT204

/// <summary>Muon on the signs of the gradient's average, with a second moment an element of the orthogonal matrix.</summary>
/// <remarks>
/// <para>Paper: Si et al., AdaMuon: Adaptive Muon Optimizer, 2025.</para>
/// <para>
/// It is for the matrices inside a network. Vectors, embeddings and the last layer go to a group of their own with <see cref="AdamW"/>.
/// </para>
/// <para>Epsilon: added to the root and to the norm of the step (eps), and 1e-7 to the norm of the signs.</para>
/// <para>Differences: None from the authors' code for matrices, but that it iterates in bfloat16.</para>
/// <para>Defaults: the authors' (lr 0.02, weight_decay 0.01, momentum 0.95, nesterov, ns_steps 5, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    m = μm + (1-μ)g
    u = sign(nesterov ? μm + (1-μ)g : m)
    O = newtonschulz(u / (‖u‖ + 10⁻⁷), κ, n)
    v = μv + (1-μ)O²
    D = O / (√v + ε)
    W = (1-ηλ)W - 0.2η√(rows(W) columns(W))/(‖D‖ + ε) · D
    """)]
[State("m", Meaning = "average of the gradient (momentum_buffer)")]
[State("v", Meaning = "second moment of the orthogonal matrix (v_buffer)")]
public sealed partial record AdaMuon
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.02;

    /// <summary>Decay of both averages (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.95;

    /// <summary>True to step along the average of the next step, the gradient counted again (nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = true;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>The coefficients of the steps towards an orthogonal matrix, one of <see cref="NewtonSchulzSet"/>.</summary>
    [Hyper("κ", Min = NewtonSchulzSet.Original, Max = NewtonSchulzSet.Cubic)]
    public double Coefficients { get; set; } = NewtonSchulzSet.Original;

    /// <summary>How many steps towards an orthogonal matrix (ns_steps).</summary>
    [Hyper("n", Min = 0, Max = 100)]
    public double Iterations { get; set; } = 5;

    /// <summary>Keeps the denominators from zero (eps).</summary>
    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;
}
