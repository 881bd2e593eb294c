using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>The generated <c>Update</c> over spans: its results, and that it checks everything before it writes anything.</summary>
public sealed class UpdateTests : IDisposable
{
    private const string Source = """
        using OptDsl;

        /// <summary>A rule.</summary>
        [UpdateRule("v = μv + g' + λW\nW = W - ηv\nn = n + ‖v‖", Gradient = "g'")]
        [State("v"), State("n", Per = Per.Tensor, Initial = "1", Output = true)]
        public sealed partial class Momentum
        {
            /// <summary>Step size.</summary>
            [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.1;

            /// <summary>Decay.</summary>
            [Hyper("μ", Min = 0, Max = 1)] public float Decay { get; set; } = 0.5f;

            /// <summary>Decay of weights.</summary>
            [Hyper("λ")] public double WeightDecay { get; set; }
        }

        /// <summary>A rule with two values a tensor.</summary>
        [UpdateRule("a = a + ‖g‖\nb = b + 1\nW = W - g·a/b")]
        [State("a", Per = Per.Tensor), State("b", Per = Per.Tensor)]
        public sealed partial class Pair;

        /// <summary>Calls it.</summary>
        public static class Driver
        {
            /// <summary>Gives one variable for two states.</summary>
            public static void StepOnOne()
            {
                var one = 1.0;
                new Pair().Update(1, new double[1], new double[1], ref one, ref one);
            }

            /// <summary>Steps on slices of one array.</summary>
            public static double Step(long t, double?[] hypers, float[] memory, int w, int wn, int g, int gn, int v, int vn)
            {
                var rule = new Momentum { LearningRate = hypers[0] is { } eta ? (Schedule)eta : null!, Decay = (float)hypers[1]!.Value, WeightDecay = hypers[2]!.Value };
                var n = 1.0;
                rule.Update(t, memory.AsSpan(w, wn), memory.AsSpan(g, gn), memory.AsSpan(v, vn), ref n);
                return n;
            }

            /// <summary>The names of the arguments.</summary>
            public static string Named()
            {
                double[] W = [1.0], g = [2.0], v = [3.0];
                var n = 0.0;
                new Momentum().Update(t: 1, W: W, gPrime: g, v: v, n: ref n);
                return string.Join(" ", W[0], v[0], n);
            }
        }
        """;

    private readonly CompiledCode _code = CompiledCode.Load("global using System;", Source);

    public void Dispose() => _code.Dispose();

    [Fact]
    public void Update_steps_in_place()
    {
        float[] memory = [1, 2, 0.5f, -1, 4, 8];

        var n = Step(1, [0.1, 0.5, 0], memory, 0, 2, 2, 2, 4, 2);

        Assert.Equal([1 - 0.1f * 2.5f, 2 - 0.1f * 3, 0.5f, -1, 2.5f, 3], memory);
        Assert.Equal(1 + Math.Sqrt(2.5 * 2.5 + 9), n, 1e-15);
    }

    [Fact]
    public void Arguments_are_named_after_the_symbols() => Assert.Equal("0.65 3.5 3.5", _code.Call("Driver", "Named"));

    [Fact]
    public void Empty_tensors_are_fine() => Assert.Equal(1.0, Step(1, [0.1, 0.5, 0], [], 0, 0, 0, 0, 0, 0));

    public static TheoryDataRow<string, long, double?[], int[], string>[] Refused =>
    [
        new("t", 0, [0.1, 0.5, 0], [0, 2, 2, 2, 4, 2], "first step"),
        new("LearningRate", 1, [-1, 0.5, 0], [0, 2, 2, 2, 4, 2], "at least 0"),
        new("LearningRate", 1, [null, 0.5, 0], [0, 2, 2, 2, 4, 2], "no schedule"),
        new("Decay", 1, [0.1, 1.5, 0], [0, 2, 2, 2, 4, 2], "from 0 to 1"),
        new("WeightDecay", 1, [0.1, 0.5, double.NaN], [0, 2, 2, 2, 4, 2], "a number"),
        new("gPrime", 1, [0.1, 0.5, 0], [0, 2, 2, 1, 4, 2], "g' has 1 elements and W has 2"),
        new("v", 1, [0.1, 0.5, 0], [0, 2, 2, 2, 3, 3], "v has 3 elements and W has 2"),
        new("v", 1, [0.1, 0.5, 0], [0, 2, 4, 2, 1, 2], "W and v overlap"),
        new("gPrime", 1, [0.1, 0.5, 0], [0, 2, 0, 2, 4, 2], "W and g' overlap"),
        new("v", 1, [0.1, 0.5, 0], [0, 2, 2, 2, 3, 2], "g' and v overlap"),
    ];

    [Fact]
    public void One_variable_for_two_values_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _code.Call("Driver", "StepOnOne"));

        Assert.Equal("b", error.ParamName);
        Assert.Contains("a and b are one variable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinity_is_a_number_unless_a_bound_refuses_it()
    {
        float[] memory = [1, 2, 0.5f, -1, 4, 8];

        Step(1, [0.1, 0.5, double.PositiveInfinity], memory, 0, 2, 2, 2, 4, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => Step(1, [0.1, double.PositiveInfinity, 0], memory, 0, 2, 2, 2, 4, 2));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Wrong_arguments_are_refused_before_anything_is_written(string name, long t, double?[] hypers, int[] ranges, string message)
    {
        float[] memory = [1, 2, 0.5f, -1, 4, 8];

        var error = Assert.ThrowsAny<ArgumentException>(() => Step(t, hypers, memory, ranges[0], ranges[1], ranges[2], ranges[3], ranges[4], ranges[5]));

        Assert.Equal(name, error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 0.5f, -1, 4, 8], memory);
    }

    private double Step(long t, double?[] hypers, float[] memory, int w, int wn, int g, int gn, int v, int vn) =>
        (double)_code.Call("Driver", "Step", t, hypers, memory, w, wn, g, gn, v, vn)!;
}
