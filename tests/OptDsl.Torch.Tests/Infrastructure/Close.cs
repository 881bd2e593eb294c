using static TorchSharp.torch;

namespace OptDsl.Torch.Tests.Infrastructure;

/// <summary>How far tensors are apart.</summary>
internal static class Close
{
    /// <summary>The largest difference of two elements, relative to the larger of them and of 1; NaN and infinities equal themselves.</summary>
    public static double Distance(Tensor first, Tensor second)
    {
        var (a, b) = (Doubles(first), Doubles(second));
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => x.Equals(y) ? 0 : Math.Abs(x - y) / Math.Max(1, Math.Max(Math.Abs(x), Math.Abs(y)))).Select(distance => double.IsNaN(distance) ? double.PositiveInfinity : distance).Max();
    }

    public static void AssertWithin(double tolerance, Tensor expected, Tensor actual, string what)
    {
        var distance = Distance(expected, actual);
        Assert.True(distance <= tolerance, $"{what}: {distance:g3} apart");
    }

    public static double[] Doubles(Tensor tensor)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }
}
