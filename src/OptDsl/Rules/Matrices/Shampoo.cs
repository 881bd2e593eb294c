namespace OptDsl.Rules.Matrices;

// The momentum of the reference implementation mixes the preconditioned gradient into the gradient.
#pragma warning disable OPT322

/// <summary>The gradient between inverse roots of the sums of its products: a preconditioner for the rows and one for the columns.</summary>
/// <remarks>
/// <para>Paper: Gupta, Koren and Singer, Shampoo: Preconditioned Stochastic Tensor Optimization, 2018.</para>
/// <para>
/// A row for each row, and so for the columns: memory and time grow with the cube of a matrix's larger side. Give embeddings and
/// vectors to a group of their own with <see cref="AdamW"/>.
/// </para>
/// <para>Epsilon: what the sums of products start from, times the unit matrix (matrix_eps).</para>
/// <para>
/// Differences: None from pytorch_optimizer's Shampoo for matrices and vectors: a side has the inverse square root, the columns' sum
/// is of the gradient that the rows' root has been applied to, and nothing moves before roots are taken for the first time.
/// </para>
/// <para>Defaults: pytorch_optimizer's (lr 0.001, momentum 0, preconditioning_compute_steps 1, matrix_eps 1e-6).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    u = t == 1 ? g : μb + (1-μ)g
    u = coupled ? u + λW : u
    L = L + u @ uᵀ
    P = t mod k == 0 ? inverseroot(L, rank(W) ≥ 2 ? 2 : 1) : P
    h = P u
    R = R + hᵀ @ h
    Q = t mod k == 0 ? inverseroot(R, 2) : Q
    h = rank(W) ≥ 2 ? h Q : h
    b = h
    W = (1 - (coupled ? 0 : fixed ? λ : ηλ))W - ηh
    """)]
[State("L", Initial = "εI", Shape = "rows×rows", Meaning = "sum of products of the rows (pre_cond_0)")]
[State("P", Shape = "rows×rows", Meaning = "its inverse root (inv_pre_cond_0)")]
[State("R", Initial = "εI", Shape = "columns×columns", Meaning = "sum of products of the columns (pre_cond_1)")]
[State("Q", Shape = "columns×columns", Meaning = "its inverse root (inv_pre_cond_1)")]
[State("b", Meaning = "preconditioned gradient of the step before (momentum_buffer)")]
public sealed partial record Shampoo
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>How much of the step before is in the gradient (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0;

    /// <summary>Weight decay, added to the gradient unless an option says otherwise.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to add the decay to the gradient (weight_decouple off).</summary>
    [Hyper("coupled")]
    public bool CoupledWeightDecay { get; set; } = true;

    /// <summary>True to leave the step size out of a decoupled decay (fixed_decay).</summary>
    [Hyper("fixed")]
    public bool FixedWeightDecay { get; set; } = false;

    /// <summary>Roots are taken every so many steps (preconditioning_compute_steps).</summary>
    [Hyper("k", Min = 1)]
    public double Interval { get; set; } = 1;

    /// <summary>What the sums start from (matrix_eps).</summary>
    [Hyper("ε", Min = 0)]
    public double MatrixEpsilon { get; set; } = 1e-6;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
