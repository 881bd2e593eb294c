namespace OptDsl.Rules.Matrices;

/// <summary>Adam without the part of a step that only changes the length of weights whose length does not matter, as before a normalization.</summary>
/// <remarks>
/// <para>Paper: Heo et al., AdamP: Slowing Down the Slowdown for Momentum Optimizers on Scale-invariant Weights, 2021.</para>
/// <para>
/// Rows of weights whose gradients stand at right angles to them do not depend on their length: then the step keeps it, row by row, or else of the
/// whole tensor where that holds of it. The decay is a part of itself there. Vectors are stepped by Adam.
/// </para>
/// <para>Epsilon: outside the root, after the bias correction; also the smallest norm, and added to the norms that weights are divided by.</para>
/// <para>Differences: None from the authors' code and timm's, with PyTorch's cosine similarity.</para>
/// <para>Defaults: the authors' (lr 0.001, betas 0.9 and 0.999, eps 1e-8, delta 0.1, wd_ratio 0.1).</para>
/// </remarks>
[UpdateRule("""
    m = β₁m + (1-β₁)g
    v = β₂v + (1-β₂)g²
    d = √v / √(1-β₂ᵗ) + ε
    u = (nesterov ? β₁m + (1-β₁)g : m) / d
    ofRows = maxabs(rowsum(g ⊙ W) / (max(rownorm(g), ε) max(rownorm(W), ε)))
    ofAll = abs(dot(g, W)) / (max(‖g‖, ε) max(‖W‖, ε))
    byRows = rank(W) ≥ 2 and ofRows < δ/√columns(W)
    whole = rank(W) ≥ 2 and not byRows and ofAll < δ/√count(W)
    p = W / (rownorm(W) + ε)
    q = W / (‖W‖ + ε)
    u = byRows ? u - p rowsum(p ⊙ u) : whole ? u - q sum(q ⊙ u) : u
    W = (1 - ηλ(byRows or whole ? r : 1))W - η / (1-β₁ᵗ) · u
    """)]
[State("m", Meaning = "first moment (exp_avg)")]
[State("v", Meaning = "second moment (exp_avg_sq)")]
public sealed partial record AdamP
{
    /// <summary>Step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.001;

    /// <summary>Decay of the first moment (betas[0]).</summary>
    [Hyper("β₁", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the second moment (betas[1]).</summary>
    [Hyper("β₂", Min = 0, Max = HyperAttribute.BelowOne)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Keeps denominators from zero (eps).</summary>
    [Hyper("ε", Min = 0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Weight decay, decoupled.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>How near to a right angle gradient and weights have to be, as a cosine times the root of the number of elements (delta).</summary>
    [Hyper("δ", Min = 0)]
    public double Delta { get; set; } = 0.1;

    /// <summary>The part of the decay where the step keeps the length (wd_ratio).</summary>
    [Hyper("r", Min = 0)]
    public double WeightDecayRatio { get; set; } = 0.1;

    /// <summary>True to step along the average of the next step (nesterov).</summary>
    [Hyper("nesterov")]
    public bool Nesterov { get; set; } = false;
}
