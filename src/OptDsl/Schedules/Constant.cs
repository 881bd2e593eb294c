namespace OptDsl.Schedules;

/// <summary>
/// A constant value, optionally multiplied by a factor for the first steps (PyTorch's ConstantLR; Keras calls the plain form a
/// float).
/// </summary>
[Schedule("""
    k = t - 1
    η_t = k < n ? ηf : η
    """)]
public sealed partial class Constant
{
    /// <summary>The value.</summary>
    [Hyper("η")] public double Value { get; set; } = 0.1;

    /// <summary>The factor on the value during the first <see cref="Steps"/> steps.</summary>
    [Hyper("f")] public double Factor { get; set; } = 1;

    /// <summary>For how many steps the factor holds.</summary>
    [Hyper("n", Min = 0)] public double Steps { get; set; }
}
