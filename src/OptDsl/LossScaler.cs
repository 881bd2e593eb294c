using System.Globalization;

namespace OptDsl;

/// <summary>
/// Scales the loss so that small gradients survive low precision, and finds the scale by itself: it backs off when a gradient
/// overflows and grows after a run of steps in which none did.
/// </summary>
/// <remarks>
/// Multiply the loss by <see cref="Scale"/> before the backward pass, and assign the scaler to
/// <see cref="Optimizer{T}.LossScaler"/>: the step divides by the scale inside the kernels' passes, and leaves a step whose
/// gradients are not finite out, whatever <see cref="Optimizer{T}.NonFiniteGradients"/> says. Only at <see cref="MinScale"/>,
/// where a smaller scale cannot be the cure, does <see cref="NonFinitePolicy.Throw"/> throw.
/// </remarks>
public sealed class LossScaler
{
    /// <summary>A scaler.</summary>
    /// <param name="initialScale">The scale at the first step.</param>
    /// <param name="growthFactor">The factor of growth.</param>
    /// <param name="backoffFactor">The factor after a gradient that is not finite.</param>
    /// <param name="growthInterval">How many steps in a row must be finite before the scale grows.</param>
    /// <param name="minScale">The smallest scale.</param>
    /// <param name="maxScale">The largest scale.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or makes no sense.</exception>
    public LossScaler(
        double initialScale = 65536, double growthFactor = 2, double backoffFactor = 0.5, int growthInterval = 2000,
        double minScale = 1, double maxScale = 1L << 32)
    {
        Require(minScale > 0 && double.IsFinite(minScale), nameof(minScale), minScale, "positive and finite");
        Require(maxScale >= minScale && double.IsFinite(maxScale), nameof(maxScale), maxScale, "finite and at least the smallest scale");
        Require(initialScale >= minScale && initialScale <= maxScale, nameof(initialScale), initialScale, "from the smallest to the largest scale");
        Require(growthFactor >= 1 && double.IsFinite(growthFactor), nameof(growthFactor), growthFactor, "at least 1 and finite");
        Require(backoffFactor is > 0 and < 1, nameof(backoffFactor), backoffFactor, "between 0 and 1");
        ArgumentOutOfRangeException.ThrowIfLessThan(growthInterval, 1);
        Scale = initialScale;
        GrowthFactor = growthFactor;
        BackoffFactor = backoffFactor;
        GrowthInterval = growthInterval;
        MinScale = minScale;
        MaxScale = maxScale;
    }

    /// <summary>The factor on the loss in the next backward pass.</summary>
    public double Scale { get; private set; }

    /// <summary>The factor of growth.</summary>
    public double GrowthFactor { get; }

    /// <summary>The factor after a gradient that is not finite.</summary>
    public double BackoffFactor { get; }

    /// <summary>How many steps in a row must be finite before the scale grows.</summary>
    public int GrowthInterval { get; }

    /// <summary>The smallest scale.</summary>
    public double MinScale { get; }

    /// <summary>The largest scale.</summary>
    public double MaxScale { get; }

    /// <summary>How many steps in a row have been finite since the scale last changed.</summary>
    public int FiniteSteps { get; private set; }

    /// <summary>The settings, without what changes from step to step.</summary>
    internal string Settings => string.Create(
        CultureInfo.InvariantCulture,
        $"GrowthFactor = {GrowthFactor}, BackoffFactor = {BackoffFactor}, GrowthInterval = {GrowthInterval}, MinScale = {MinScale}, MaxScale = {MaxScale}");

    /// <summary>The scale, the steps since it changed, and the settings.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LossScaler {{ Scale = {Scale}, FiniteSteps = {FiniteSteps}, {Settings} }}");

    /// <summary>Continues from a saved scale, as far as the limits allow it.</summary>
    internal void Restore(double scale, int finiteSteps)
    {
        Scale = Math.Clamp(scale, MinScale, MaxScale);
        FiniteSteps = finiteSteps;
    }

    /// <summary>Counts a step.</summary>
    internal void Update(bool finite)
    {
        if (!finite)
        {
            Scale = Math.Max(MinScale, Scale * BackoffFactor);
            FiniteSteps = 0;
        }
        else if (++FiniteSteps >= GrowthInterval)
        {
            Scale = Math.Min(MaxScale, Scale * GrowthFactor);
            FiniteSteps = 0;
        }
    }

    private static void Require(bool condition, string name, double value, string demand)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(name, value, $"The value must be {demand}.");
    }
}
