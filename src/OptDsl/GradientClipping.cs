using OptDsl.Execution;

namespace OptDsl;

/// <summary>
/// How gradients are kept from growing too large. Applied while the kernels read the gradient, after the scale; the gradient in
/// memory stays as it is.
/// </summary>
public abstract record GradientClipping
{
    private protected GradientClipping()
    {
    }

    /// <summary>The clipping as a call of this class: <c>ByGlobalNorm(1, Euclidean, 1E-06)</c>.</summary>
    public sealed override string ToString() => FormattableString.Invariant(Describe());

    /// <summary>The clipping as a call, with numbers still to be written.</summary>
    private protected abstract FormattableString Describe();

    /// <summary>No clipping; for a group, an exception from that of the optimizer.</summary>
    public static GradientClipping None { get; } = new NoClipping();

    /// <summary>Every element is brought into the range from <c>-limit</c> to <c>limit</c>.</summary>
    /// <param name="limit">The largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a positive finite number.</exception>
    public static GradientClipping ByValue(double limit) => new ValueClipping(Positive(limit, nameof(limit)));

    /// <summary>
    /// All gradients together are multiplied by <c>min(1, maxNorm / (norm + epsilon))</c>: those of the optimizer, without the
    /// groups that have a clipping of their own; for a group, those of the group.
    /// </summary>
    /// <param name="maxNorm">The largest norm.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="epsilon">Added to the norm; 1e-6 as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not a positive finite number, or epsilon is negative.</exception>
    public static GradientClipping ByGlobalNorm(double maxNorm, GradientNorm norm = GradientNorm.Euclidean, double epsilon = 1e-6) =>
        new NormClipping(Positive(maxNorm, nameof(maxNorm)), norm, NotNegative(epsilon, nameof(epsilon)), EachTensor: false);

    /// <summary>The gradient of each tensor is multiplied by <c>min(1, maxNorm / (norm + epsilon))</c> with the tensor's norm.</summary>
    /// <param name="maxNorm">The largest norm of a tensor.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="epsilon">Added to the norm.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not a positive finite number, or epsilon is negative.</exception>
    public static GradientClipping ByTensorNorm(double maxNorm, GradientNorm norm = GradientNorm.Euclidean, double epsilon = 1e-6) =>
        new NormClipping(Positive(maxNorm, nameof(maxNorm)), norm, NotNegative(epsilon, nameof(epsilon)), EachTensor: true);

    /// <summary>
    /// Adaptive gradient clipping (AGC, Brock et al. 2021): the gradient of each unit is kept below <paramref name="factor"/>
    /// times the norm of the unit's weights. A unit is a row, all elements with one first index; a tensor of one dimension is
    /// one unit. The authors leave the last layer out: set its group's clipping to <see cref="None"/>.
    /// </summary>
    /// <param name="factor">The largest ratio of the norms.</param>
    /// <param name="epsilon">The smallest norm of weights that counts, so that units at zero can move.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a positive finite number.</exception>
    public static GradientClipping Adaptive(double factor = 0.01, double epsilon = 1e-3) =>
        new AdaptiveClipping(Positive(factor, nameof(factor)), Positive(epsilon, nameof(epsilon)));

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The value must be positive and finite.");

    private static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The value must be finite and not negative.");
}

/// <summary>No clipping.</summary>
internal sealed record NoClipping : GradientClipping
{
    private protected override FormattableString Describe() => $"None";
}

/// <summary>Clipping of each element.</summary>
internal sealed record ValueClipping(double Limit) : GradientClipping
{
    private protected override FormattableString Describe() => $"ByValue({Limit})";
}

/// <summary>Clipping by the norm of a tensor or of many.</summary>
internal sealed record NormClipping(double MaxNorm, GradientNorm Norm, double Epsilon, bool EachTensor) : GradientClipping
{
    // The norm of finite gradients may be beyond all numbers, divided by this it is not.
    private const int Reduction = 64;

    /// <summary>The factor on the gradients.</summary>
    /// <param name="scale">The factor before clipping.</param>
    /// <param name="squares">The square of the norm before both.</param>
    public double Factor(double scale, WideSum squares)
    {
        var norm = scale * squares.Root;
        return double.IsPositiveInfinity(norm)
            ? Math.ScaleB(MaxNorm, -Reduction) / squares.RootTimes(-Reduction)
            : scale * Math.Min(1, MaxNorm / (norm + Epsilon));
    }

    private protected override FormattableString Describe() => $"{(EachTensor ? "ByTensorNorm" : "ByGlobalNorm")}({MaxNorm}, {Norm}, {Epsilon})";
}

/// <summary>Clipping by the ratio of a unit's gradient to its weights.</summary>
internal sealed record AdaptiveClipping(double Ratio, double Epsilon) : GradientClipping
{
    private const double SmallestGradientNorm = 1e-6;

    /// <summary>The factor on the gradient of a unit.</summary>
    /// <param name="scale">The factor before clipping.</param>
    /// <param name="weights">The square of the norm of the unit's weights.</param>
    /// <param name="gradient">The square of the norm of its gradient before both.</param>
    public double Factor(double scale, WideSum weights, WideSum gradient)
    {
        var maxNorm = Ratio * Math.Max(weights.Root, Epsilon);
        var norm = scale * gradient.Root;
        return double.IsPositiveInfinity(norm) ? maxNorm / gradient.Root
            : norm < maxNorm ? scale
            : scale * (maxNorm / Math.Max(norm, SmallestGradientNorm));
    }

    private protected override FormattableString Describe() => $"Adaptive({Ratio}, {Epsilon})";
}
