using System.Numerics;
using System.Runtime.Intrinsics;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

/// <summary>What happens to a gradient on its way in is the same for vectors and elements.</summary>
public sealed class GradientReadersTests
{
    private static readonly float[] Gradient = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0, .. Enumerable.Range(0, 64).Select(i => (float)Math.Sin(i) * 10)];

    [Fact]
    public void Plain_gradient_is_read_and_left_as_it_is()
    {
        var gradient = Gradient.ToArray();

        Read(default(PlainGradient<float>), gradient, value => value);

        Assert.Equal(Gradient, gradient);
    }

    [Fact]
    public void Scaled_gradient_is_scaled_before_it_is_clipped()
    {
        var gradient = Gradient.ToArray();

        Read(new ScaledGradient<float>(new GradientTransform(0.5, 2, false)), gradient, value => Math.Clamp(0.5f * value, -2f, 2f));

        Assert.Equal(Gradient, gradient);
    }

    [Fact]
    public void Consumed_gradient_is_zero_afterwards()
    {
        var gradient = Gradient.ToArray();

        Read(new ConsumedGradient<float>(new GradientTransform(0.5, double.PositiveInfinity, true)), gradient, value => 0.5f * value);

        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    private static void Read<TGradient>(TGradient reader, float[] gradient, Func<float, float> expected)
        where TGradient : struct, IGradientReader<float>
    {
        var copy = gradient.ToArray();
        for (var i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(expected(Gradient[i]), reader.Load<ElementPack<float>>(ref gradient[0], (nuint)i).Value);
            reader.Release<ElementPack<float>>(ref gradient[0], (nuint)i);
        }

        for (var i = 0; i + Vector<float>.Count <= copy.Length; i += Vector<float>.Count)
        {
            var values = reader.Load<VectorPack<float>>(ref copy[0], (nuint)i).Value;
            for (var k = 0; k < Vector<float>.Count; k++)
                Assert.Equal(expected(Gradient[i + k]), values[k]);
            reader.Release<VectorPack<float>>(ref copy[0], (nuint)i);
        }

        copy = Gradient.ToArray();
        for (var i = 0; i + Vector512<float>.Count <= copy.Length; i += Vector512<float>.Count)
        {
            var values = reader.Load<WidePack<float>>(ref copy[0], (nuint)i).Value;
            for (var k = 0; k < Vector512<float>.Count; k++)
                Assert.Equal(expected(Gradient[i + k]), values[k]);
            reader.Release<WidePack<float>>(ref copy[0], (nuint)i);
        }
    }
}
