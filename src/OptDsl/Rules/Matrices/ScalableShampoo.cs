namespace OptDsl.Rules.Matrices;

// Before and after the first roots the steps are those of two rules.
#pragma warning disable OPT302

/// <summary>Shampoo with averages in place of sums, fourth roots, momentum, and the step length of a simpler rule (grafting).</summary>
/// <remarks>
/// <para>Paper: Anil et al., Scalable Second Order Optimization for Deep Learning, 2020.</para>
/// <para>
/// Memory and time grow with the cube of a matrix's larger side: give embeddings and vectors to a group of their own with
/// <see cref="AdamW"/>.
/// </para>
/// <para>Epsilon: what the averages of products start from, times the unit matrix (matrix_eps), and outside the root of the grafted rule (diagonal_eps).</para>
/// <para>
/// Differences: None from pytorch_optimizer's ScalableShampoo for matrices and vectors that are no larger than its blocks, with its
/// roots by SVD. It decays twice where the decay is decoupled; so does this rule.
/// </para>
/// <para>
/// Defaults: pytorch_optimizer's (lr 0.001, betas 0.9 and 0.999, matrix_eps 1e-6, diagonal_eps 1e-10, nesterov, grafted to SGD), with
/// roots from step 25 on, every 1000 steps.
/// </para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    s = graft == 3 ? β₂s + (1-β₂)g² : s + g²
    L = t mod j == 0 ? β₂L + (1-β₂)g @ gᵀ : L
    R = t mod j == 0 ? β₂R + (1-β₂)gᵀ @ g : R
    p = root > 0 ? root : both ? 4 : 2
    P = t mod k == 0 ? inverseroot(L, p) : P
    Q = t mod k == 0 ? inverseroot(R, p) : Q
    a = separate ? g : ηg
    a = graft ≥ 2 ? a / (√s + ε₂) : a
    on = t ≥ start
    h = on and rank(W) ≥ 2 ? P g : g
    h = on and both and rank(W) ≥ 2 ? h Q : h
    h = graft > 0 ? h‖a‖/(‖h‖ + 10⁻¹⁶) : h
    a = coupled ? a + λW : a
    h = coupled ? h + λW : h
    n = β₁n + (on and rank(W) ≥ 2 ? g : h)
    m = β₁m + h
    x = on ? m : n
    x = nesterov ? β₁x + (averaged ? 1-β₁ : 1)(on ? h : a) : x
    m = on ? x : m
    n = on ? n : x
    W = (coupled ? 1 : (1-ηλ)²)W - ηx
    """)]
[State("L", Initial = "εI", Shape = "rows×rows", Meaning = "average of products of the rows (statistics)")]
[State("P", Initial = "I", Shape = "rows×rows", Meaning = "its inverse root (pre_conditioners)")]
[State("R", Initial = "εI", Shape = "columns×columns", When = "both", Meaning = "average of products of the columns (statistics)")]
[State("Q", Initial = "I", Shape = "columns×columns", When = "both", Meaning = "its inverse root (pre_conditioners)")]
[State("m", Meaning = "momentum of the preconditioned gradient (momentum)")]
[State("n", Meaning = "momentum of the gradient, before roots are taken (graft_momentum)")]
[State("s", When = "graft ≥ 2", Meaning = "squares for the grafted rule (graft_statistics)")]
public sealed partial record ScalableShampoo
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the momentum (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the averages (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>True to weigh the gradient of a Nesterov step by 1-β₁ (moving_average_for_momentum).</summary>
    [Hyper("averaged")]
    public bool MovingAverageForMomentum { get; set; } = false;

    /// <summary>True to step along the momentum of the next step (nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = true;

    /// <summary>Weight decay, added to the gradient unless decoupled.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to add the decay to the gradient (decoupled_weight_decay off).</summary>
    [Hyper("coupled")]
    public bool CoupledWeightDecay { get; set; } = true;

    /// <summary>False to multiply the grafted step by the step size too (decoupled_learning_rate).</summary>
    [Hyper("separate")]
    public bool DecoupledLearningRate { get; set; } = true;

    /// <summary>Which root; 0 for twice the number of sides (inverse_exponent_override).</summary>
    [Hyper("root", Min = 0)]
    public double InverseExponent { get; set; } = 0;

    /// <summary>The first step that uses the roots (start_preconditioning_step).</summary>
    [Hyper("start", Min = 0)]
    public double Start { get; set; } = 25;

    /// <summary>Products are averaged every so many steps (statistics_compute_steps).</summary>
    [Hyper("j", Min = 1)]
    public double StatisticsInterval { get; set; } = 1;

    /// <summary>Roots are taken every so many steps (preconditioning_compute_steps).</summary>
    [Hyper("k", Min = 1)]
    public double Interval { get; set; } = 1000;

    /// <summary>The rule whose step length is taken: 0 for none, 1 for SGD, 2 for AdaGrad, 3 for RMSProp (graft_type).</summary>
    [Hyper("graft", Min = 0, Max = 3)]
    public double Graft { get; set; } = 1;

    /// <summary>True for preconditioners of rows and of columns, false for the rows' alone (pre_conditioner_type).</summary>
    [Hyper("both")]
    public bool BothSides { get; set; } = true;

    /// <summary>What the averages of products start from (matrix_eps).</summary>
    [Hyper("ε", Min = 0)]
    public double MatrixEpsilon { get; set; } = 1e-6;

    /// <summary>Keeps the denominator of the grafted rule from zero (diagonal_eps).</summary>
    [Hyper("ε₂", Min = 0)]
    public double DiagonalEpsilon { get; set; } = 1e-10;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
