using OptDsl.Tests.Golden;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class ClippingTests
{
    public static TheoryData<string> Cases =>
        [.. GoldenFile.Load("clip").GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Clipping_agrees_with_the_recorded_cases(string name)
    {
        var golden = GoldenFile.Load("clip").GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);
        var norm = golden.TryGetProperty("norm_type", out var type) && type.ValueKind == System.Text.Json.JsonValueKind.String
            ? GradientNorm.Largest
            : GradientNorm.Euclidean;
        var gradients = golden.GetProperty("grads").EnumerateArray().Select(g => GoldenFile.Doubles(g)).ToArray();
        var expected = golden.GetProperty("clipped").EnumerateArray().Select(g => GoldenFile.Doubles(g)).ToArray();
        var clipping = golden.GetProperty("kind").GetString() == "value"
            ? GradientClipping.ByValue(golden.GetProperty("clip_value").GetDouble())
            : GradientClipping.ByGlobalNorm(golden.GetProperty("max_norm").GetDouble(), norm);

        var seen = SeenByTheRule(clipping, gradients);
        for (var i = 0; i < expected.Length; i++)
        {
            for (var j = 0; j < expected[i].Length; j++)
                Assert.Equal(expected[i][j], seen[i][j], 1e-14 + (1e-13 * Math.Abs(expected[i][j])));
        }
    }

    [Fact]
    public void Clipping_by_tensor_norm_treats_each_tensor_alone()
    {
        var seen = SeenByTheRule(GradientClipping.ByTensorNorm(2.5, epsilon: 0), [3, 4], [0.3, 0.4]);
        Assert.Equal([1.5, 2], seen[0]);
        Assert.Equal([0.3, 0.4], seen[1]);
        Assert.Equal([0.75, 1], SeenByTheRule(GradientClipping.ByTensorNorm(1, GradientNorm.Largest, 0), [3, 4])[0]);
    }

    [Fact]
    public void Adaptive_clipping_treats_each_row_alone()
    {
        var random = new Random(1);
        double[] w = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble())];
        double[] g = [.. Enumerable.Range(0, 12).Select(i => i < 4 ? 1e-4 : random.NextDouble())];
        w.AsSpan(8).Clear();
        var start = w.ToArray();
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.Adaptive(0.1, 1e-3) };
        optimizer.Add(Plain(), new Parameter<double>("w", w, g, 3, 2, 2));
        optimizer.Step();

        for (var row = 0; row < 3; row++)
        {
            var range = (row * 4)..((row + 1) * 4);
            var maxNorm = 0.1 * Math.Max(Norm(start[range]), 1e-3);
            var factor = Norm(g[range]) < maxNorm ? 1 : maxNorm / Norm(g[range]);
            for (var i = row * 4; i < (row + 1) * 4; i++)
                Assert.Equal(factor * g[i], start[i] - w[i], 1e-15);
        }

        static double Norm(double[] x) => Math.Sqrt(x.Sum(element => element * element));
    }

    [Fact]
    public void Adaptive_clipping_takes_a_tensor_of_one_dimension_as_one_unit()
    {
        double[] w = [3, 4];
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.Adaptive(0.1) };
        optimizer.Add(Plain(), new Parameter<double>("b", w, new double[] { 6, 8 }));
        optimizer.Step();
        Assert.Equal(3 - 0.3, w[0], 1e-15);
        Assert.Equal(4 - 0.4, w[1], 1e-15);
    }

    [Fact]
    public void A_group_may_have_a_clipping_of_its_own_and_does_not_count_for_the_others()
    {
        double[] a = [0], b = [0], c = [0];
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.ByGlobalNorm(1, epsilon: 0) };
        optimizer.Add(Plain(), new Parameter<double>("a", a, new double[] { 2 }));
        optimizer.Add(Plain(), new Parameter<double>("b", b, new double[] { 4 })).Clipping = GradientClipping.None;
        optimizer.Add(Plain(), new Parameter<double>("c", c, new double[] { 8 })).Clipping = optimizer.Clipping;
        optimizer.Step();
        Assert.Equal([-1, -4, -1], [a[0], b[0], c[0]]);
    }

    [Fact]
    public void A_frozen_parameter_does_not_count_for_the_norm()
    {
        double[] a = [0];
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.ByGlobalNorm(1, epsilon: 0) };
        optimizer.Add(Plain(), new Parameter<double>("a", a, new double[] { 0.5 }), new Parameter<double>("b", new double[1], new double[] { 100 }));
        optimizer.Freeze(name => name == "b");
        optimizer.Step();
        Assert.Equal(-0.5, a[0]);
    }

    [Fact]
    public void The_scale_comes_before_clipping()
    {
        double[] a = [0, 0];
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.ByValue(1), GradientScale = 0.25 };
        optimizer.Add(Plain(), new Parameter<double>("a", a, new double[] { 2, 40 }));
        optimizer.Step();
        Assert.Equal([-0.5, -1], a);
        Array.Clear(a);
        optimizer.Clipping = GradientClipping.ByGlobalNorm(5, epsilon: 0);
        optimizer.Step();
        Assert.Equal(5, Math.Sqrt((a[0] * a[0]) + (a[1] * a[1])), 1e-12);
    }

    [Theory]
    [InlineData("global")]
    [InlineData("tensor")]
    [InlineData("adaptive")]
    [InlineData("value")]
    public void Clipped_steps_are_the_same_bits_for_every_number_of_threads_and_every_chunk_size(string kind)
    {
        GradientClipping clipping = kind switch
        {
            "global" => GradientClipping.ByGlobalNorm(0.1),
            "tensor" => GradientClipping.ByTensorNorm(0.1),
            "adaptive" => GradientClipping.Adaptive(),
            _ => GradientClipping.ByValue(0.1),
        };
        var digests = from degree in (int[])[1, 2, 3, 8] from chunk in (int[])[512, 4096, 1 << 20] from measured in (bool[])[false, true] select Run(degree, chunk, measured);
        Assert.Single(digests.Distinct());

        (ulong Digest, double Norm) Run(int degree, int chunkLength, bool measured)
        {
            var model = new Model<float>(3, ("a", [37, 501]), ("b", [3, 3001]), ("c", [777]), ("d", [600, 7]));
            var optimizer = new Optimizer<float>
            {
                Clipping = clipping,
                MaxDegreeOfParallelism = degree,
                ChunkLength = chunkLength,
                ParallelThreshold = 0,
                MeasuresSteps = measured,
            };
            optimizer.Add(new TestTrustRatio(), model.Parameters);
            model.Train(optimizer, 3);
            var digest = new Digest();
            foreach (var value in model.Values)
                digest.Add<float>(value);
            Assert.Equal(measured, optimizer.LastStep is not null);
            optimizer.MeasuresSteps = true;
            model.Train(optimizer, 1);
            return (digest.Value, optimizer.LastStep!.Value.UpdateNorm);
        }
    }

    [Fact]
    public void Bad_limits_are_refused()
    {
        foreach (var bad in (double[])[0, -1, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByTensorNorm(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.Adaptive(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.Adaptive(epsilon: bad));
            Assert.Throws<ArgumentOutOfRangeException>("GradientScale", () => new Optimizer<float> { GradientScale = bad });
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm(1, epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>("MaxDegreeOfParallelism", () => new Optimizer<float> { MaxDegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("AccumulationSteps", () => new Optimizer<float> { AccumulationSteps = 0 });
    }

    private static TestMomentum Plain() => new() { LearningRate = 1, Decay = 0 };

    // Weights that start at 0 and step by -1 times the gradient are the gradient that the rule saw.
    private static double[][] SeenByTheRule(GradientClipping clipping, params double[][] gradients)
    {
        var parameters = gradients.Select((g, i) => new Parameter<double>($"p{i}", new double[g.Length], g.ToArray())).ToArray();
        var optimizer = new Optimizer<double> { Clipping = clipping };
        optimizer.Add(Plain(), parameters);
        optimizer.Step();
        Assert.Equal(gradients, parameters.Select(parameter => parameter.Gradient.ToArray()));
        return [.. parameters.Select(parameter => parameter.Value.ToArray().Select(w => -w).ToArray())];
    }
}
