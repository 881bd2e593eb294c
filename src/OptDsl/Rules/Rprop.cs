namespace OptDsl.Rules;

/// <summary>
/// Resilient backpropagation: every element has a step of its own that grows while the sign of its gradient stays
/// and shrinks when it turns. For full batches.
/// </summary>
/// <remarks>
/// <para>
/// Paper: Riedmiller and Braun, A direct adaptive method for faster backpropagation learning, 1993 (the variant
/// without weight backtracking, iRprop-).
/// </para>
/// <para>Epsilon: none is needed: only the sign of the gradient is used.</para>
/// <para>
/// Differences: None from torch.optim.Rprop: after a turn the element rests for a step and the gradient kept for
/// comparison is 0. The pairs etas and step_sizes are two properties each.
/// </para>
/// <para>Defaults: PyTorch's (lr 0.01, etas 0.5 and 1.2, step_sizes 1e-6 and 50).</para>
/// </remarks>
[UpdateRule("""
    g = maximize ? -g : g
    p = g g'
    d = clamp(d(p > 0 ? γ : p < 0 ? σ : 1), d₁, d₂)
    g' = p < 0 ? 0 : g
    W = W - d sign(g')
    """)]
[State("g'", Meaning = "gradient of the step before, 0 after a turn (prev)")]
[State("d", Initial = "η", Meaning = "step size of each element (step_size)")]
public sealed partial record Rprop
{
    /// <summary>Step size of every element at the start (lr).</summary>
    [Hyper("η", Min = 0)]
    public Schedule LearningRate { get; set; } = 0.01;

    /// <summary>What a step shrinks by when the sign turns (etas[0]).</summary>
    [Hyper("σ", Min = HyperAttribute.AboveZero, Max = HyperAttribute.BelowOne)]
    public double EtaMinus { get; set; } = 0.5;

    /// <summary>What a step grows by while the sign stays (etas[1]).</summary>
    [Hyper("γ", Min = 1)]
    public double EtaPlus { get; set; } = 1.2;

    /// <summary>The smallest step (step_sizes[0]).</summary>
    [Hyper("d₁", Min = 0)]
    public double StepSizeMin { get; set; } = 1e-6;

    /// <summary>The largest step (step_sizes[1]).</summary>
    [Hyper("d₂", Min = 0)]
    public double StepSizeMax { get; set; } = 50;

    /// <summary>True to climb: the objective is to grow.</summary>
    [Hyper("maximize")]
    public bool Maximize { get; set; } = false;
}
