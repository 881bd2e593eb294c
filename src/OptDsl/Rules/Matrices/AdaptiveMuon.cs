namespace OptDsl.Rules.Matrices;

/// <summary>Muon with a second moment: an element of the orthogonal matrix, a row of it, or one of the whole gradient.</summary>
/// <remarks>
/// <para>
/// Paper: Si et al., AdaMuon: Adaptive Muon Optimizer, 2025; Li et al., NorMuon: Making Muon more efficient and scalable, 2025; Zhang et
/// al., NAMO: Adam Improves Muon, 2026.
/// </para>
/// <para>
/// It is for the matrices inside a network. Vectors, embeddings and the last layer go to a group of their own with <see cref="AdamW"/>.
/// <see cref="AdaMuon"/> and <see cref="NorMuon"/> are the authors' own forms, which differ from these.
/// </para>
/// <para>Epsilon: outside the root of an element's moment and of the whole gradient's, the smallest moment of a row (eps); the norm of the average is at least 1e-15.</para>
/// <para>Differences: None from the adaptive Muon of NVIDIA's Emerging-Optimizers.</para>
/// <para>Defaults: those of Emerging-Optimizers (momentum 0.95, beta2 0.95, eps 1e-8, weight_decay 0.01, spectral scaling), with a step size of 0.0003.</para>
/// </remarks>
[UpdateRule("""
    G = coupled ? g + λW : g
    m = μm + (1-μ)G
    u = nesterov ? μm + (1-μ)G : m
    O = newtonschulz(u / max(‖u‖, 10⁻¹⁵), κ, n)
    v = β₂v + (1-β₂)O²
    r = β₂r + (1-β₂)rowmean(O²)
    c = β₂c + (1-β₂)colmean(O²)
    w = β₂w + (1-β₂)‖g‖²
    D = o == 0 ? O/(√v + ε) : o == 1 ? O / √(max(rows(W) ≥ columns(W) ? r : c, ε)) : O‖u‖/(√w + ε)
    D = o == 1 ? D‖O‖/max(‖D‖, ε) : D
    q = rows(W) / columns(W)
    l = √(max(rows(W), columns(W)))
    k = s == 1 ? 0.2l : s == 2 ? √q : s == 3 ? l : √(max(1, q))
    d = coupled ? 0 : independent ? λ : palm ? η²λ : ηλ
    W = (1-d)W - ηγkD
    """)]
[State("m", Meaning = "average of the gradient (momentum_buffer)")]
[State("v", When = "o == 0", Meaning = "second moment of the orthogonal matrix (moment2_buffer)")]
[State("r", Per = Per.Row, When = "o == 1", Meaning = "second moment of its rows (moment2_buffer)")]
[State("c", Per = Per.Column, When = "o == 1", Meaning = "second moment of its columns (moment2_buffer)")]
[State("w", Per = Per.Tensor, Meaning = "second moment of the gradient (moment2_buffer)")]
public sealed partial record AdaptiveMuon
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.0003;

    /// <summary>Decay of the average (momentum).</summary>
    [Hyper("μ", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Momentum { get; set; } = 0.95;

    /// <summary>Decay of the second moment (beta2).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.95;

    /// <summary>What the second moment is of: 0 of an element (adamuon), 1 of the rows of a tall matrix or the columns of a wide one (normuon), 2 of the whole gradient (namo).</summary>
    [Hyper("o", Min = 0, Max = 2)]
    public double Moment { get; set; } = 0;

    /// <summary>True to step along the average of the next step, the gradient counted again (nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;

    /// <summary>Weight decay, decoupled unless an option says otherwise (weight_decay).</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>The coefficients of the steps towards an orthogonal matrix, one of <see cref="NewtonSchulzSet"/> (coefficient_type).</summary>
    [Hyper("κ", Min = NewtonSchulzSet.Original, Max = NewtonSchulzSet.Cubic)]
    public double Coefficients { get; set; } = NewtonSchulzSet.Quintic;

    /// <summary>How many steps towards an orthogonal matrix (num_ns_steps).</summary>
    [Hyper("n", Min = 0, Max = 100)]
    public double Iterations { get; set; } = 5;

    /// <summary>What the step is scaled by, one of <see cref="MuonScaling"/> but the nuclear norm (scale_mode).</summary>
    [Hyper("s", Min = MuonScaling.Original, Max = MuonScaling.Spectral)]
    public double Scaling { get; set; } = MuonScaling.Spectral;

    /// <summary>A factor on the step beside the scaling (extra_scale_factor).</summary>
    [Hyper("γ", Min = 0)]
    public double ScaleFactor { get; set; } = 1;

    /// <summary>Keeps the denominators from zero (eps).</summary>
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
