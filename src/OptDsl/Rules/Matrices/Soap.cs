namespace OptDsl.Rules.Matrices;

/// <summary>Adam in the basis of the eigenvectors of the averaged products of rows and of columns, which Shampoo would take roots of.</summary>
/// <remarks>
/// <para>Paper: Vyas et al., SOAP: Improving and Stabilizing Shampoo using Adam, 2024.</para>
/// <para>
/// Memory and time grow with the cube of a matrix's larger side: give embeddings and vectors to a group of their own with
/// <see cref="AdamW"/>.
/// </para>
/// <para>Epsilon: outside the root, before the bias correction.</para>
/// <para>
/// Differences: None from the authors' code for matrices whose sides are both at most its max_precond_dim. The first step moves nothing: it only begins the averages. Eigenvectors follow
/// by one step of a power iteration, as often as Interval says.
/// </para>
/// <para>Defaults: the authors' (lr 0.003, betas 0.95, eps 1e-8, weight_decay 0.01, precondition_frequency 10).</para>
/// </remarks>
[UpdateRule("""
    m = t > 1 ? β₁m + (1-β₁)g : m
    G = Pᵀ @ g @ Q
    M = Pᵀ @ m @ Q
    v = t > 1 ? β₂v + (1-β₂)G² : v
    N = P @ (M / (√v + ε)) @ Qᵀ
    N = normalize ? N / (10⁻³⁰ + rms(N)) : N
    k = t - 1
    a = correct ? √(1-β₂^k) / (1-β₁^k) : 1
    W = t > 1 ? (1-ηλ)(W - ηaN) : W
    σ = own ? β : β₂
    L = σL + (1-σ)g @ gᵀ
    R = σR + (1-σ)gᵀ @ g
    turn = t > 1 and k mod f == 0
    v = turn ? ordering(diag(Pᵀ L P))ᵀ v : v
    v = turn ? v ordering(diag(Qᵀ R Q)) : v
    P = t == 1 ? eigvecs(L) : turn ? eigvecs(L, P) : P
    Q = t == 1 ? eigvecs(R) : turn ? eigvecs(R, Q) : Q
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

    /// <summary>True to make the root mean square of each step the step size (normalize_grads).</summary>
    [Hyper("normalize")]
    public bool NormalizeGrads { get; set; } = false;

    /// <summary>True to correct both averages for starting at 0 (correct_bias).</summary>
    [Hyper("correct")]
    public bool CorrectBias { get; set; } = true;
}
