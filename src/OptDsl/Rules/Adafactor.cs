namespace OptDsl.Rules;

/// <summary>
/// Steps relative to the size of the weights, clipped in their root mean square: PyTorch's Adafactor for vectors.
/// </summary>
/// <remarks>
/// <para>Paper: Shazeer and Stern, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, 2018.</para>
/// <para>
/// Epsilon: squared, a floor under the root (eps[0]); another one under the size of the weights (eps[1]).
/// </para>
/// <para>
/// Differences: None from torch.optim.Adafactor for tensors of one dimension. For matrices that one keeps row and
/// column averages in place of v (<see cref="Matrices.FactoredAdafactor"/>); this rule keeps v for every shape. PyTorch's eps[0] is the machine epsilon of the
/// element type unless set; here it is that of float.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, beta2_decay -0.8, eps machine epsilon and 0.001, d 1).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    ρ = min(η, 1/√t)
    α = ρ max(ε₂, rms(W))
    k = t^δ
    v = v + k(g² - v)
    u = g / √(max(v, ε₁²))
    W = (1-ηλ)W - α/max(1, rms(u)/d) · u
    """)]
[State("v", Meaning = "second moment (variance)")]
public sealed partial record Adafactor
{
    /// <summary>Largest relative step size (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>The power of the step count that weighs a new squared gradient (beta2_decay).</summary>
    [Hyper("δ", Max = 0)]
    public double Beta2Decay { get; set; } = -0.8;

    /// <summary>The smallest denominator (eps[0]).</summary>
    [Hyper("ε₁", Min = 0)]
    public double Epsilon1 { get; set; } = 1.1920928955078125e-7;

    /// <summary>The smallest size of weights that a step is relative to (eps[1]).</summary>
    [Hyper("ε₂", Min = 0)]
    public double Epsilon2 { get; set; } = 0.001;

    /// <summary>The largest root mean square of an update before scaling (d).</summary>
    [Hyper("d", Min = HyperAttribute.AboveZero)]
    public double ClipThreshold { get; set; } = 1.0;

    /// <summary>Decoupled weight decay.</summary>
    [Hyper("λ", Min = 0)]
    public double WeightDecay { get; set; } = 0;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
