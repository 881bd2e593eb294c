using System.Numerics;

namespace OptDsl.Tests.TestRules;

/// <summary>The gradient as kernels see it: scaled, then clipped.</summary>
internal static class GradientReading
{
    public static T At<T>(in PassSlice<T> slice, int index)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scaled = slice.Gradient[index] * T.CreateTruncating(slice.Transform.Scale);
        var clip = T.CreateTruncating(slice.Transform.Clip);
        return T.IsPositiveInfinity(clip) ? scaled : T.Clamp(scaled, -clip, clip);
    }
}
