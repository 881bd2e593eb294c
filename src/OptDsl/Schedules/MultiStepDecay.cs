namespace OptDsl.Schedules;

/// <summary>
/// Multiplies the value by a factor after each of up to six milestones (PyTorch's MultiStepLR). A milestone given twice counts
/// twice; for more, chain schedules with <see cref="Schedule.Then"/>.
/// </summary>
[Schedule("""
    k = t - 1
    p = (k ≥ n₁) + (k ≥ n₂) + (k ≥ n₃) + (k ≥ n₄) + (k ≥ n₅) + (k ≥ n₆)
    η_t = η γ^p
    """)]
public sealed partial class MultiStepDecay
{
    /// <summary>The value at the first step.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>The factor.</summary>
    [Hyper("γ", Min = 0)] public double Factor { get; set; } = 0.1;

    /// <summary>The number of steps after which the value drops for the first time.</summary>
    [Hyper("n₁", Min = 0)] public double First { get; set; } = double.PositiveInfinity;

    /// <summary>The number of steps after which the value drops for the second time.</summary>
    [Hyper("n₂", Min = 0)] public double Second { get; set; } = double.PositiveInfinity;

    /// <summary>The number of steps after which the value drops for the third time.</summary>
    [Hyper("n₃", Min = 0)] public double Third { get; set; } = double.PositiveInfinity;

    /// <summary>The number of steps after which the value drops for the fourth time.</summary>
    [Hyper("n₄", Min = 0)] public double Fourth { get; set; } = double.PositiveInfinity;

    /// <summary>The number of steps after which the value drops for the fifth time.</summary>
    [Hyper("n₅", Min = 0)] public double Fifth { get; set; } = double.PositiveInfinity;

    /// <summary>The number of steps after which the value drops for the sixth time.</summary>
    [Hyper("n₆", Min = 0)] public double Sixth { get; set; } = double.PositiveInfinity;
}
