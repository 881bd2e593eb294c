namespace OptDsl.Rules.Matrices;

/// <summary>Gradient descent scaled by the sizes of rows and columns, without momentum.</summary>
/// <remarks>
/// <para>Paper: Gong et al., Towards Efficient Optimizer Design for LLM via Structured Fisher Approximation, 2025.</para>
/// <para>Epsilon: inside the roots, and added to the norm of the step before.</para>
/// <para>Differences: None from pytorch_optimizer's RACS. A vector is a matrix of one column.</para>
/// <para>Defaults: pytorch_optimizer's (lr 0.001, beta 0.9, alpha 0.05, gamma 1.01, eps 1e-8).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    g = coupled ? g + λW : g
    s = βs + (1-β)rowmean(g²)
    q = βq + (1-β)colmean(g²)
    h = g / (√(s + ε) √(q + ε))
    k = t == 1 ? 1 : γ/max(‖h‖/(θ + ε), γ)
    θ = ‖h‖k
    W = (1 - (coupled ? 0 : fixed ? λ : ηλ))W - ηαk · h
    """)]
[State("s", Per = Per.Row, Meaning = "second moment of the rows")]
[State("q", Initial = "1", Per = Per.Column, Meaning = "second moment of the columns")]
[State("θ", Per = Per.Tensor, Meaning = "norm of the step before, as it was limited (theta)")]
public sealed partial record Racs
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the second moments (beta).</summary>
    [Hyper("β", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta { get; set; } = 0.9;

    /// <summary>A factor on the step (alpha).</summary>
    [Hyper("α", Min = 0)]
    public double Alpha { get; set; } = 0.05;

    /// <summary>How much longer than the one before a step may be (gamma).</summary>
    [Hyper("γ", Min = HyperAttribute.AboveZero)]
    public double Gamma { get; set; } = 1.01;

    /// <summary>Weight decay, decoupled unless an option says otherwise.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>Keeps the denominators from zero (eps).</summary>
    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>True to add the decay to the gradient (weight_decouple off).</summary>
    [Hyper("coupled")]
    public bool CoupledWeightDecay { get; set; } = false;

    /// <summary>True to leave the step size out of the decay (fixed_decay).</summary>
    [Hyper("fixed")]
    public bool FixedWeightDecay { get; set; } = false;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
