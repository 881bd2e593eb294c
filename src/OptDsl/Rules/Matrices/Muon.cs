namespace OptDsl.Rules.Matrices;

/// <summary>Momentum whose steps are made orthogonal: of a weight matrix every direction moves equally far.</summary>
/// <remarks>
/// <para>
/// Paper: Jordan et al., Muon: An Optimizer for Hidden Layers in Neural Networks, 2024; Liu et al., Muon is Scalable for LLM Training,
/// 2025; Amsel et al., The Polar Express, 2025.
/// </para>
/// <para>
/// It is for the matrices inside a network. Vectors, embeddings and the last layer go to a group of their own with <see cref="AdamW"/>:
/// <c>optimizer.Add(new Muon { … }, matrices); optimizer.Add(new AdamW { … }, rest);</c>
/// </para>
/// <para>Epsilon: the smallest norm that the gradient's average is divided by, or added to the norm with AddEpsilon.</para>
/// <para>
/// Differences: None from torch.optim.Muon, timm's Muon, Keller Jordan's and NVIDIA's Emerging-Optimizers, which differ in their options
/// and iterate in bfloat16; here the element type stays. A convolution's filter is a matrix of its outputs by all the rest, also for the
/// scaling.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.001, weight_decay 0.1, momentum 0.95, nesterov, eps 1e-7, ns_steps 5).</para>
/// </remarks>
[UpdateRule("""
    g = coupled ? g + λW : g
    m = μm + (1-μ)g
    u = nesterov ? μm + (1-μ)g : m
    X = u / (added ? ‖u‖ + ε : max(σ‖u‖, ε))
    O = exact ? msign(u) : newtonschulz(X, κ, n)
    r = rows(W) / columns(W)
    l = √(max(rows(W), columns(W)))
    k = s == 1 ? 0.2l : s == 2 ? √r : s == 3 ? l : s == 4 ? dot(O, u) : √(max(1, r))
    d = coupled ? 0 : independent ? λ : palm ? η²λ : ηλ
    W = (1-d)W - ηγk · O
    """)]
[State("m", Meaning = "average of the gradient (momentum_buffer)")]
public sealed partial record Muon
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.95;

    /// <summary>True to step along the average of the next step, the gradient counted again (nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = true;

    /// <summary>Weight decay, decoupled unless an option says otherwise: it is multiplied by the step size, and not by the scaling (weight_decay).</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.1;

    /// <summary>The coefficients of the steps towards an orthogonal matrix, one of <see cref="NewtonSchulzSet"/> (ns_coefficients).</summary>
    [Hyper("κ", Min = NewtonSchulzSet.Original, Max = NewtonSchulzSet.Cubic)]
    public double Coefficients { get; set; } = NewtonSchulzSet.Original;

    /// <summary>How many steps towards an orthogonal matrix (ns_steps).</summary>
    [Hyper("n", Min = 0, Max = 100)]
    public double Iterations { get; set; } = 5;

    /// <summary>
    /// True for the orthogonal factor itself, by a singular value decomposition, in place of steps towards it: many times slower (the
    /// polar factor of Emerging-Optimizers' MOP).
    /// </summary>
    [Hyper("exact")]
    public bool Exact { get; set; } = false;

    /// <summary>What the step is scaled by, one of <see cref="MuonScaling"/> (adjust_lr_fn, scale_mode).</summary>
    [Hyper("s", Min = MuonScaling.Original, Max = MuonScaling.NuclearNorm)]
    public double Scaling { get; set; } = MuonScaling.Original;

    /// <summary>A factor on the step beside the scaling (extra_scale_factor).</summary>
    [Hyper("γ", Min = 0)]
    public double ScaleFactor { get; set; } = 1;

    /// <summary>The smallest norm to divide by (eps).</summary>
    [Hyper("ε", Min = HyperAttribute.AboveZero)]
    public double Epsilon { get; set; } = 1e-7;

    /// <summary>True to add epsilon to the norm, as Keller Jordan's code does, in place of taking the larger of both.</summary>
    [Hyper("added")]
    public bool AddEpsilon { get; set; } = false;

    /// <summary>A factor on the norm that is divided by, so that no singular value is above 1 (safety_factor).</summary>
    [Hyper("σ", Min = HyperAttribute.AboveZero)]
    public double SafetyFactor { get; set; } = 1;

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
