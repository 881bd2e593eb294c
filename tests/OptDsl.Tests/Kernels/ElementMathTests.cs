using System.Numerics;
using System.Runtime.Intrinsics;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

/// <summary>Functions of elements: exact enough, and the same bits in any company.</summary>
public sealed class ElementMathTests
{
    private static readonly double[] Arguments =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1e-3, -1e-3, 1e-4, 1.0001e-4, 9.9e-5, 1e-8, -1e-20, 1e-30, 1e-42, 3, -3, 10, -10, 20, -20, 87, -87, 88.7, 89, -104, 700, -700,
        710, -745, 1e6, -1e6, 1e30, double.PositiveInfinity, double.NegativeInfinity, double.NaN, Math.PI, 2.5, 7.25, -0.75, 1.5e-5, 0.1, 0.2, 100,
    ];

    private static readonly (string Name, Func<float, float> One, Func<Vector<float>, Vector<float>> Many, Func<double, double> OneDouble,
        Func<Vector<double>, Vector<double>> ManyDoubles, Func<double, double> Exact)[] Functions =
    [
        Of("exp", ElementMath.Exp, ElementMath.Exp, ElementMath.Exp, ElementMath.Exp, Math.Exp),
        Of("ln", ElementMath.Ln, ElementMath.Ln, ElementMath.Ln, ElementMath.Ln, Math.Log),
        Of("sin", ElementMath.Sin, ElementMath.Sin, ElementMath.Sin, ElementMath.Sin, Math.Sin),
        Of("cos", ElementMath.Cos, ElementMath.Cos, ElementMath.Cos, ElementMath.Cos, Math.Cos),
        Of("tanh", ElementMath.Tanh, ElementMath.Tanh, ElementMath.Tanh, ElementMath.Tanh, Math.Tanh),
        Of("sigmoid", ElementMath.Sigmoid, ElementMath.Sigmoid, ElementMath.Sigmoid, ElementMath.Sigmoid, x => 1 / (1 + Math.Exp(-x))),
        Of("erf", ElementMath.Erf, ElementMath.Erf, ElementMath.Erf, ElementMath.Erf, ErrorFunction.Of),
        Of("cbrt", ElementMath.Cbrt, ElementMath.Cbrt, ElementMath.Cbrt, ElementMath.Cbrt, Math.Cbrt),
        Of("sign", ElementPack<float>.Sign, VectorPack<float>.Sign, ElementPack<double>.Sign, VectorPack<double>.Sign, x => x > 0 ? 1 : x < 0 ? -1 : 0),
    ];

    private static (string Name, Func<float, float> One, Func<Vector<float>, Vector<float>> Many, Func<double, double> OneDouble,
        Func<Vector<double>, Vector<double>> ManyDoubles, Func<double, double> Exact) Of(
            string name, Func<ElementPack<float>, ElementPack<float>> one, Func<VectorPack<float>, VectorPack<float>> many,
            Func<ElementPack<double>, ElementPack<double>> oneDouble, Func<VectorPack<double>, VectorPack<double>> manyDoubles, Func<double, double> exact) =>
        (name, x => one(new(x)).Value, x => many(new(x)).Value, x => oneDouble(new(x)).Value, x => manyDoubles(new(x)).Value, exact);

    [Fact]
    public void Float_functions_are_within_two_units_of_the_double_value()
    {
        foreach (var (name, one, _, _, _, exact) in Functions)
        {
            foreach (var x in Points().Select(x => (float)x))
            {
                var (expected, actual) = (exact(x), one(x));
                Assert.True(IsNear(expected, actual, Math.Max(MathF.BitIncrement(MathF.Abs(actual)) - MathF.Abs(actual), float.Epsilon)), $"{name}({x:R}) = {actual:R}, not {expected:R}");
            }
        }
    }

    [Fact]
    public void Double_functions_are_within_two_units_of_the_library()
    {
        foreach (var (name, _, _, one, _, exact) in Functions)
        {
            foreach (var x in Points())
            {
                var (expected, actual) = (exact(x), one(x));
                Assert.True(IsNear(expected, actual, Math.Max(Math.BitIncrement(Math.Abs(actual)) - Math.Abs(actual), double.Epsilon)), $"{name}({x:R}) = {actual:R}, not {expected:R}");
            }
        }
    }

    [Fact]
    public void Error_function_is_within_two_units_of_the_series()
    {
        var worst = Enumerable.Range(0, 5_000).Select(i => i * 6.5 / 5_000).Append(1e-310).Max(x =>
        {
            var exact = ErrorFunction.Of(x);
            return Math.Abs(ElementMath.Erf(x) - exact) / (Math.BitIncrement(exact) - exact);
        });
        Assert.InRange(worst, 0, 2);
    }

    [Fact]
    public void Bounds_hold_and_hand_on_NaN_in_every_form()
    {
        foreach (var bound in Arguments.Where(bound => !double.IsNaN(bound)))
        {
            Check(bound);
            Check((float)bound);
        }

        static void Check<T>(T bound)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var x in Arguments.Select(T.CreateTruncating))
            {
                var (atLeast, atMost) = (ElementPack<T>.AtLeast(new(x), new(bound)).Value, ElementPack<T>.AtMost(new(x), new(bound)).Value);
                Assert.Equal((T.Max(x, bound), T.Min(x, bound)), (atLeast, atMost));
                Assert.True(IsAll(atLeast, VectorPack<T>.AtLeast(new(new Vector<T>(x)), new(new Vector<T>(bound))).Value));
                Assert.True(IsAll(atMost, VectorPack<T>.AtMost(new(new Vector<T>(x)), new(new Vector<T>(bound))).Value));
                Assert.Equal(Vector512.Create(atLeast), WidePack<T>.AtLeast(new(Vector512.Create(x)), new(Vector512.Create(bound))).Value);
                Assert.Equal(Vector512.Create(atMost), WidePack<T>.AtMost(new(Vector512.Create(x)), new(Vector512.Create(bound))).Value);
            }
        }

        static bool IsAll<T>(T value, Vector<T> vector)
            where T : unmanaged => new Vector<T>(value).As<T, byte>() == vector.As<T, byte>();
    }

    [Fact]
    public void Element_has_the_same_bits_alone_and_beside_any_neighbours()
    {
        var points = Points().ToArray();
        var random = new Random(1);
        foreach (var (name, one, many, oneDouble, manyDoubles, _) in Functions)
        {
            for (var round = 0; round < 500; round++)
            {
                var floats = Enumerable.Range(0, Vector<float>.Count).Select(_ => (float)points[random.Next(points.Length)]).ToArray();
                var doubles = Enumerable.Range(0, Vector<double>.Count).Select(_ => points[random.Next(points.Length)]).ToArray();
                var (results, doubleResults) = (many(new Vector<float>(floats)), manyDoubles(new Vector<double>(doubles)));
                for (var i = 0; i < floats.Length; i++)
                    Assert.True(SameBits(one(floats[i]), results[i]), $"{name}({floats[i]:R}) among {string.Join(' ', floats)}");
                for (var i = 0; i < doubles.Length; i++)
                    Assert.True(SameBits(oneDouble(doubles[i]), doubleResults[i]), $"{name}({doubles[i]:R}) among {string.Join(' ', doubles)}");
            }
        }
    }

    [Fact]
    public void Functions_of_two_arguments_are_the_library_s()
    {
        foreach (var x in Points().Take(60))
        {
            foreach (var y in Points().Take(60))
            {
                Assert.True(SameBits(Math.Pow(x, y), ElementMath.Pow<ElementPack<double>>(x, y).Value));
                Assert.True(SameBits(Math.Atan2(y, x), ElementMath.Atan2<VectorPack<double>>(y, x).Value[0]));
                Assert.True(SameBits(ElementMath.Pow<ElementPack<float>>(x, y).Value, ElementMath.Pow<VectorPack<float>>(x, y).Value[0]));
                Assert.True(SameBits(ElementMath.Atan2<ElementPack<float>>(y, x).Value, ElementMath.Atan2<VectorPack<float>>(y, x).Value[0]));
            }
        }
    }

    private static IEnumerable<double> Points()
    {
        var random = new Random(7);
        return Arguments.Concat(Enumerable.Range(0, 3_000).Select(i => (random.NextDouble() - 0.5) * Math.Pow(10, (i % 12) - 8)));
    }

    private static bool IsNear(double expected, double actual, double unit) =>
        double.IsNaN(expected) ? double.IsNaN(actual)
        : expected == actual || (Math.Abs(expected) > float.MaxValue && double.IsInfinity(actual)) || Math.Abs(expected - actual) <= 2 * unit;

    private static bool SameBits(double first, double second) =>
        (double.IsNaN(first) && double.IsNaN(second)) || BitConverter.DoubleToInt64Bits(first) == BitConverter.DoubleToInt64Bits(second);
}
