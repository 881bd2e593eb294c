namespace OptDsl.Rules.Matrices;

/// <summary>Momentum whose rows are made equally long.</summary>
/// <remarks>
/// <para>Paper: Glentis et al., A Minimalist Optimizer Design for LLM Pretraining, 2025.</para>
/// <para>It is for matrices whose rows stand for themselves, as those of embeddings do.</para>
/// <para>Epsilon: the smallest norm that a row is divided by (eps).</para>
/// <para>Differences: None from the row norm of NVIDIA's Emerging-Optimizers.</para>
/// <para>Defaults: those of Emerging-Optimizers (momentum 0.95, weight_decay 0.01, eps 1e-8), with a step size of 0.0003.</para>
/// </remarks>
[UpdateRule("""
    g = coupled ? g + λW : g
    m = μm + (1-μ)g
    u = nesterov ? μm + (1-μ)g : m
    u = center ? u - colmean(u) : u
    D = u / max(rownorm(u), ε)
    D = center ? D - colmean(D) : D
    d = coupled ? 0 : independent ? λ : palm ? η²λ : ηλ
    W = (1-d)W - ηγD
    """)]
[State("m", Meaning = "average of the gradient (momentum_buffer)")]
public sealed partial record RowNorm
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.0003;

    /// <summary>Decay of the average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.95;

    /// <summary>True to step along the average of the next step, the gradient counted again (nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>Weight decay, decoupled unless an option says otherwise (weight_decay).</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>True to take the mean of all rows from each, before and after (center_rows).</summary>
    [Hyper("center")]
    public bool CenterRows { get; set; } = false;

    /// <summary>A factor on the step (extra_scale_factor).</summary>
    [Hyper("γ", Min = 0)]
    public double ScaleFactor { get; set; } = 1;

    /// <summary>The smallest norm to divide by (eps).</summary>
    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>True to add the decay to the gradient (weight_decay_method "l2").</summary>
    [Hyper("coupled")]
    public bool CoupledWeightDecay { get; set; } = false;

    /// <summary>True for a decay that is not multiplied by the step size (weight_decay_method "independent").</summary>
    [Hyper("independent")]
    public bool IndependentWeightDecay { get; set; } = false;

    /// <summary>True for a decay that is multiplied by the square of the step size (weight_decay_method "palm").</summary>
    [Hyper("palm")]
    public bool SquaredWeightDecay { get; set; } = false;
}
