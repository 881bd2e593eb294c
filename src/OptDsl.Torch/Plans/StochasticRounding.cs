using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Plans;

/// <summary>Rounds float32 to a type of 16 bits, up or down with the probability that makes the mean exact.</summary>
internal static class StochasticRounding
{
    /// <summary>The rounded values.</summary>
    /// <param name="values">In float32.</param>
    /// <param name="type">float16 or bfloat16.</param>
    public static Tensor Round(Tensor values, ScalarType type)
    {
        // The spacing of the type around each value: two to the power of its exponent, less the bits behind the point.
        var (bits, smallest) = type == ScalarType.BFloat16 ? (7, -126) : (10, -14);
        using var scope = torch.NewDisposeScope();
        var (_, exponent) = values.frexp();
        using var first = ((double)smallest + 1).ToScalar();
        using var shift = (bits + 1.0).ToScalar();
        var spacing = torch.ones_like(values).ldexp(exponent.to(ScalarType.Float32).clamp_min_(first).sub_(shift));

        // Rounding down after adding a share of the spacing below 1 rounds up with the probability of what is left to the next value.
        var noise = torch.rand_like(values);
        var rounded = torch.where(values.isfinite(), values.div(spacing).add_(noise).floor_().mul_(spacing), values).to(type);
        return rounded.MoveToOuterDisposeScope();
    }
}
