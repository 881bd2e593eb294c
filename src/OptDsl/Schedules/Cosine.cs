namespace OptDsl.Schedules;

/// <summary>
/// Half a cosine from the initial value to the final one (PyTorch's CosineAnnealingLR; Loshchilov and Hutter, "SGDR", 2017). Like
/// there, the value climbs again after <see cref="Steps"/> steps; follow with <see cref="Schedule.Then"/> to stay there.
/// </summary>
[Schedule("""
    k = t - 1
    η_t = ηₘ + (η - ηₘ) (1 + cos(π k / n)) / 2
    """)]
public sealed partial class Cosine
{
    /// <summary>The value at the first step.</summary>
    [Hyper("η")] public double Initial { get; set; } = 0.1;

    /// <summary>The value after <see cref="Steps"/> steps.</summary>
    [Hyper("ηₘ")] public double Final { get; set; }

    /// <summary>The length of the half wave in steps.</summary>
    [Hyper("n", Min = 1)] public double Steps { get; set; } = 1000;
}
