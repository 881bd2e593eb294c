namespace OptDsl.Rules.Matrices;

/// <summary>Adafactor with momentum that trusts a step less where it has differed from the average: memory of rows and columns alone.</summary>
/// <remarks>
/// <para>Paper: Luo et al., CAME: Confidence-guided Adaptive Memory Efficient Optimization, 2023.</para>
/// <para>Epsilon: added to the squared gradient (eps[0]) and to the squared difference (eps[1]) before averaging.</para>
/// <para>
/// Differences: None from the authors' code for matrices and vectors. Of more dimensions, theirs factors the last two; here the
/// first is the rows and all others are the columns.
/// </para>
/// <para>Defaults: the authors' (eps 1e-30 and 1e-16, clip_threshold 1, betas 0.9, 0.999 and 0.9999), with a step size of 0.0002.</para>
/// </remarks>
[UpdateRule("""
    q = g² + ε₁
    R = β₂R + (1-β₂)rowmean(q)
    C = β₂C + (1-β₂)colmean(q)
    u = rank(W) ≥ 2 ? g / (√(R/mean(R)) √C) : g / √R
    u = u / max(1, rms(u)/d)
    m = β₁m + (1-β₁)u
    p = (u - m)² + ε₂
    R' = β₃R' + (1-β₃)rowmean(p)
    C' = β₃C' + (1-β₃)colmean(p)
    s = rank(W) ≥ 2 ? m / (√(R'/mean(R')) √C') : m
    W = (1-ηλ)W - ηs
    """)]
[State("m", Meaning = "average of the scaled gradient (exp_avg)")]
[State("R", Per = Per.Row, Meaning = "second moment of the rows (exp_avg_sq_row); of a vector of its elements (exp_avg_sq)")]
[State("C", Per = Per.Column, Meaning = "second moment of the columns (exp_avg_sq_col)")]
[State("R'", Per = Per.Row, Meaning = "squared difference from the average, of the rows (exp_avg_res_row)")]
[State("C'", Per = Per.Column, Meaning = "squared difference from the average, of the columns (exp_avg_res_col)")]
public sealed partial record Came
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.0002;

    /// <summary>Decay of the average (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moments (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Decay of the squared difference (betas[2]).</summary>
    [Hyper("β₃", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta3 { get; set; } = 0.9999;

    /// <summary>Added to each squared gradient (eps[0]).</summary>
    [Hyper("ε₁", Min = 0)]
    public double Epsilon1 { get; set; } = 1e-30;

    /// <summary>Added to each squared difference (eps[1]).</summary>
    [Hyper("ε₂", Min = 0)]
    public double Epsilon2 { get; set; } = 1e-16;

    /// <summary>The largest root mean square of the scaled gradient (clip_threshold).</summary>
    [Hyper("d", Min = HyperAttribute.AboveZero)]
    public double ClipThreshold { get; set; } = 1;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;
}
