namespace OptDsl.Rules.Matrices;

/// <summary>
/// Adafactor with second moments of rows and columns as fairseq and timm compute it: with a step size given it is used as it is,
/// otherwise relative to the size of the weights.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Shazeer and Stern, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, 2018; Liang et al., Cautious
/// Optimizers: Improving Training with One Line of Code, 2024.
/// </para>
/// <para>
/// Epsilon: added to the squared gradient before averaging (eps), and a floor under the size of the weights
/// (eps_scale).
/// </para>
/// <para>
/// Differences: None from timm's Adafactor for matrices that it factors; those with a side of at most min_dim_size_to_factor belong
/// to <see cref="AdafactorTimm"/>. Caution needs an average. timm's lr=None is RelativeStep = true here. Its momentum has the step size inside and is not corrected for starting at 0.
/// </para>
/// <para>
/// Defaults: timm's (eps 1e-30, eps_scale 0.001, clip_threshold 1, decay_rate -0.8, scale_parameter on), with a
/// step size of 0.01 in place of None.
/// </para>
/// </remarks>
[UpdateRule("""
    a = relative ? min(warm ? t/10⁶ : 0.01, 1/√t) : η
    a = relative and scaled ? a max(ε₂, rms(W)) : a
    β = 1 - t^δ
    q = g² + ε
    R = βR + (1-β)rowmean(q)
    C = βC + (1-β)colmean(q)
    u = rank(W) ≥ 2 ? g / (√(R/mean(R)) √C) : g / √R
    u = a/max(1, rms(u)/d) · u
    m = β₁m + (1-β₁)u
    s = β₁ ≠ 0 ? m : u
    s = caution and β₁ ≠ 0 ? (sg > 0)s / max(mean(sg > 0), 0.001) : s
    W = (1-aλ)W - s
    """)]
[State("R", Per = Per.Row, Meaning = "second moment of the rows (exp_avg_sq_row); of a vector of its elements")]
[State("C", Per = Per.Column, Meaning = "second moment of the columns (exp_avg_sq_col)")]
[State("m", When = "β₁ ≠ 0", Meaning = "average of the steps (exp_avg)")]
public sealed partial record FactoredAdafactorTimm
{
    /// <summary>Step size; not used with RelativeStep (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>Added to each squared gradient (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-30;

    /// <summary>The smallest size of weights that a step is relative to (eps_scale).</summary>
    [Hyper("ε₂", Min = 0)]
    public double EpsilonScale { get; set; } = 0.001;

    /// <summary>The largest root mean square of an update before scaling (clip_threshold).</summary>
    [Hyper("d", Min = HyperAttribute.AboveZero)]
    public double ClipThreshold { get; set; } = 1.0;

    /// <summary>The power of the step count that weighs a new squared gradient (decay_rate).</summary>
    [Hyper("δ", Max = 0)]
    public double DecayRate { get; set; } = -0.8;

    /// <summary>Decay of the average of steps; 0 for no average (beta1).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to scale relative steps by the size of the weights (scale_parameter).</summary>
    [Hyper("scaled")]
    public bool ScaleParameter { get; set; } = true;

    /// <summary>True to take the step size from the step count (relative_step).</summary>
    [Hyper("relative")]
    public bool RelativeStep { get; set; } = false;

    /// <summary>True to start relative steps from one millionth (warmup_init).</summary>
    [Hyper("warm")]
    public bool WarmupInit { get; set; } = false;

    /// <summary>
    /// True to leave out the elements whose step goes against the gradient of the moment, and to scale up the rest
    /// (caution). Their share is over one tensor and counts as at least 0.001; it takes a pass of its own.
    /// </summary>
    [Hyper("caution")]
    public bool Caution { get; set; } = false;
}
