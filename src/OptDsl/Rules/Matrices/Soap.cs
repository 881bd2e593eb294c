namespace OptDsl.Rules.Matrices;

/// <summary>Adam in the basis of the eigenvectors of the averaged products of rows and of columns, which Shampoo would take roots of.</summary>
/// <remarks>
/// <para>Paper: Vyas et al., SOAP: Improving and Stabilizing Shampoo using Adam, 2024.</para>
/// <para>
/// A side longer than MaxPreconditionerSize keeps its own basis: then the rule is one-sided, and of embeddings only the short side turns. Where
/// neither side turns, and of vectors, what is left is Adam. Memory grows with the square of a side that turns, time with its cube.
/// </para>
/// <para>Epsilon: outside the root, before the bias correction.</para>
/// <para>
/// Differences: None from the authors' code for matrices and vectors; of more dimensions each has a basis there, and here all but the first have
/// one together, as with merge_dims. The first step moves nothing: it only begins the averages. Eigenvectors follow by one step of a power iteration, as
/// often as Interval says.
/// </para>
/// <para>Defaults: the authors' (lr 0.003, betas 0.95, eps 1e-8, weight_decay 0.01, precondition_frequency 10).</para>
/// </remarks>
[UpdateRule("""
    m = t > 1 ? β₁m + (1-β₁)g : m
    left = rows(W) ≤ most and (rank(W) ≥ 2 or vectors)
    right = columns(W) ≤ most and rank(W) ≥ 2
    G = left ? Pᵀ @ g : g
    G = right ? G @ Q : G
    M = left ? Pᵀ @ m : m
    M = right ? M @ Q : M
    v = t > 1 ? β₂v + (1-β₂)G² : v
    N = M / (√v + ε)
    N = left ? P @ N : N
    N = right ? N @ Qᵀ : N
    N = normalize ? N / (10⁻³⁰ + rms(N)) : N
    k = t - 1
    a = correct ? √(1-β₂^k) / (1-β₁^k) : 1
    W = t > 1 ? (1-ηλ)(W - ηaN) : W
    σ = own ? β : β₂
    L = left ? σL + (1-σ)g @ gᵀ : L
    R = right ? σR + (1-σ)gᵀ @ g : R
    turn = t > 1 and k mod f == 0
    v = turn and left ? ordering(diag(Pᵀ L P))ᵀ v : v
    v = turn and right ? v ordering(diag(Qᵀ R Q)) : v
    P = t == 1 and left ? eigvecs(L) : turn and left ? eigvecs(L, P) : P
    Q = t == 1 and right ? eigvecs(R) : turn and right ? eigvecs(R, Q) : Q
    """)]
[State("m", Meaning = "average of the gradient (exp_avg)")]
[State("v", Meaning = "second moment in the basis (exp_avg_sq)")]
[State("L", Shape = "rows×rows", Meaning = "average of products of the rows (GG_0)")]
[State("P", Shape = "rows×rows", Meaning = "basis of the rows (Q_0)")]
[State("R", Shape = "columns×columns", Meaning = "average of products of the columns (GG_1)")]
[State("Q", Shape = "columns×columns", Meaning = "basis of the columns (Q_1)")]
public sealed partial record Soap
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.003;

    /// <summary>Decay of the average (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.95;

    /// <summary>Decay of the second moment, and of the products (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.95;

    /// <summary>True to give the averages of products a decay of their own.</summary>
    [Hyper("own")]
    public bool OwnProductDecay { get; set; } = false;

    /// <summary>That decay (shampoo_beta).</summary>
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)]
    public double ProductDecay { get; set; } = 0.95;

    /// <summary>Keeps the denominator from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay after the step, multiplied by the step size.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>The basis follows every so many steps (precondition_frequency).</summary>
    [Hyper("f", Min = 1)]
    public double Interval { get; set; } = 10;

    /// <summary>Sides longer than this keep their own basis (max_precond_dim).</summary>
    [Hyper("most", Min = 0)]
    public double MaxPreconditionerSize { get; set; } = 10000;

    /// <summary>True to turn vectors too, in the basis of all pairs of their elements (precondition_1d).</summary>
    [Hyper("vectors")]
    public bool PreconditionVectors { get; set; } = false;

    /// <summary>True to make the root mean square of each step the step size (normalize_grads).</summary>
    [Hyper("normalize")]
    public bool NormalizeGrads { get; set; } = false;

    /// <summary>True to correct both averages for starting at 0 (correct_bias).</summary>
    [Hyper("correct")]
    public bool CorrectBias { get; set; } = true;
}
