namespace OptDsl.Rules.Matrices;

/// <summary>Muon whose rows are made equally long on average by a second moment a row.</summary>
/// <remarks>
/// <para>Paper: Li et al., NorMuon: Making Muon more efficient and scalable, 2025.</para>
/// <para>
/// It is for the matrices inside a network. Vectors, embeddings and the last layer go to a group of their own with <see cref="AdamW"/>.
/// </para>
/// <para>Epsilon: added to the roots and norms that are divided by, 1e-10, and to the norm of the gradient's average, 1e-7.</para>
/// <para>Differences: None from the authors' code for matrices, but that it iterates in bfloat16.</para>
/// <para>Defaults: the authors' (lr 0.02, momentum 0.95, beta2 0.95, no weight decay).</para>
/// </remarks>
[UpdateRule("""
    m = μm + (1-μ)g
    u = μm + (1-μ)g
    O = newtonschulz(u / (‖u‖ + 10⁻⁷), κ, n)
    v = β₂v + (1-β₂)rowmean(O²)
    U = O / (√v + 10⁻¹⁰)
    k = √(max(1, rows(W)/columns(W)))
    W = (1-ηλ)W - ηk‖O‖/(‖U‖ + 10⁻¹⁰) · U
    """)]
[State("m", Meaning = "average of the gradient (momentum_buffer)")]
[State("v", Per = Per.Row, Meaning = "second moment of the orthogonal rows (second_momentum_buffer)")]
public sealed partial record NorMuon
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.02;

    /// <summary>Decay of the average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.95;

    /// <summary>Decay of the second moment (beta2).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.95;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>The coefficients of the steps towards an orthogonal matrix, one of <see cref="NewtonSchulzSet"/>.</summary>
    [Hyper("κ", Min = NewtonSchulzSet.Original, Max = NewtonSchulzSet.Cubic)]
    public double Coefficients { get; set; } = NewtonSchulzSet.Original;

    /// <summary>How many steps towards an orthogonal matrix.</summary>
    [Hyper("n", Min = 0, Max = 100)]
    public double Iterations { get; set; } = 5;
}
