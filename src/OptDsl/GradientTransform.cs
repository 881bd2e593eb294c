namespace OptDsl;

/// <summary>What a kernel does to the gradient while it reads it: scale, then clip, then (after use) zero it in memory.</summary>
/// <param name="Scale">The factor on every element: loss-scale removal, the mean of accumulated gradients, clipping by norm.</param>
/// <param name="Clip">The largest magnitude an element keeps after scaling; infinite for no clipping.</param>
/// <param name="Zero">True to write zeros to the gradient in the last pass that reads it.</param>
public readonly record struct GradientTransform(double Scale, double Clip, bool Zero)
{
    /// <summary>The gradient as it is.</summary>
    public static GradientTransform None { get; } = new(1, double.PositiveInfinity, false);

    /// <summary>True when the values that the kernel sees are those in memory.</summary>
    public bool IsIdentity => Scale == 1 && double.IsPositiveInfinity(Clip);
}
