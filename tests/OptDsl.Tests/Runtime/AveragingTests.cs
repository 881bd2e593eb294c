using OptDsl.Tests.Golden;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class AveragingTests
{
    public static TheoryData<string> Cases =>
        [.. GoldenFile.Load("averaging").GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Averages_agree_with_the_recorded_cases(string name)
    {
        var golden = GoldenFile.Load("averaging").GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);
        var weights = golden.GetProperty("w").EnumerateArray().Select(row => GoldenFile.Doubles(row)).ToArray();
        var expected = golden.GetProperty("average").EnumerateArray().Select(row => GoldenFile.Doubles(row)).ToArray();
        var w = GoldenFile.Doubles(golden.GetProperty("w_before_first_update"));
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 0 }, new Parameter<double>("w", w, new double[w.Length]));
        var average = optimizer.AddAverage(golden.GetProperty("kind").GetString() == "swa"
            ? Averaging.Equal()
            : Averaging.Exponential(golden.GetProperty("decay").GetDouble()));

        for (var update = 0; update < weights.Length; update++)
        {
            weights[update].CopyTo(w, 0);
            optimizer.Step();
            var actual = average.Of("w").ToArray();
            for (var i = 0; i < w.Length; i++)
                Assert.Equal(expected[update][i], actual[i], 1e-12 * (1 + weights.Max(row => Math.Abs(row[i]))));
        }

        Assert.Equal(weights.Length, average.Updates);
    }

    [Fact]
    public void The_lookahead_agrees_with_the_recorded_case()
    {
        var golden = GoldenCase.Load("lookahead_momentum");
        var tensor = golden.Tensors[0];
        var w = tensor.Start.ToArray();
        var g = new double[w.Length];
        var optimizer = new Optimizer<double>
        {
            Lookahead = new Lookahead((int)golden.HyperValue("lookahead_k"), golden.HyperValue("lookahead_alpha")) { StartsAtFirstSync = true },
        };
        optimizer.Add(new TestMomentum { LearningRate = golden.HyperValue("lr"), Decay = golden.HyperValue("momentum") }, new Parameter<double>("w", w, g));
        var largest = w.Select(Math.Abs).ToArray();
        for (var step = 0; step < golden.Steps; step++)
        {
            tensor.Gradients[step].CopyTo(g, 0);
            optimizer.Step();
            for (var i = 0; i < w.Length; i++)
            {
                largest[i] = Math.Max(largest[i], Math.Abs(tensor.Weights[step][i]));
                Assert.Equal(tensor.Weights[step][i], w[i], golden.Tolerance * largest[i]);
            }
        }
    }

    [Fact]
    public void The_lookahead_of_the_paper_starts_from_the_first_weights()
    {
        double[] w = [1];
        var optimizer = new Optimizer<double> { Lookahead = new Lookahead(2, 0.25) };
        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("w", w, new double[] { -1 }));
        var seen = Enumerable.Range(0, 4).Select(_ => { optimizer.Step(); return w[0]; }).ToArray();
        Assert.Equal([2, 1.5, 2.5, 2], seen);
    }

    [Fact]
    public void An_average_follows_from_the_step_asked_for()
    {
        double[] w = [0];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("w", w, new double[] { -1 }));
        var average = optimizer.AddAverage(Averaging.Equal() with { From = 3, Every = 2 });
        var seen = Enumerable.Range(0, 8).Select(_ => { optimizer.Step(); return average.Of("w").ToArray().Append(-1).First(); }).ToArray();
        Assert.Equal([-1, -1, 3, 3, 4, 4, 5, 5], seen);
    }

    [Fact]
    public void Averages_cover_frozen_parameters_and_those_that_join_late()
    {
        double[] a = [0], b = [7], late = [1];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("a", a, new double[] { -1 }), new Parameter<double>("b", b, new double[] { -1 }));
        var average = optimizer.AddAverage(Averaging.Exponential(0.5));
        optimizer.Freeze(name => name == "b");
        optimizer.Step();
        optimizer.Step();
        Assert.Equal((1.5, 7), (average.Of("a").Span[0], average.Of("b").Span[0]));

        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("late", late, new double[] { -1 }));
        optimizer.Freeze(name => name == "a");
        optimizer.Unfreeze(name => name == "b");
        optimizer.Step();
        Assert.Equal((1.75, 7.5, 1.5), (average.Of("a").Span[0], average.Of("b").Span[0], average.Of("late").Span[0]));
    }

    [Fact]
    public void Swapped_averages_take_the_weights_place_and_the_optimizer_waits()
    {
        var model = new Model<float>(4, 3, 1000);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        var ema = optimizer.AddAverage(Averaging.Exponential(0.9), "ema");
        var swa = optimizer.AddAverage(Averaging.Equal(), "swa");
        Assert.Throws<InvalidOperationException>(ema.Swap);
        model.Train(optimizer, 3);
        var weights = model.Values;
        var averages = ema.Of("p1").ToArray();

        ema.Swap();
        Assert.Equal(averages, model.Values[1]);
        Assert.Contains("'ema'", Assert.Throws<InvalidOperationException>(swa.Swap).Message, StringComparison.Ordinal);
        Assert.Contains("'ema'", Assert.Throws<InvalidOperationException>(() => optimizer.Step()).Message, StringComparison.Ordinal);
        ema.Swap();
        Assert.Equal(weights, model.Values);
        Assert.Equal(averages, ema.Of("p1").ToArray());
        model.Train(optimizer, 1);
    }

    [Fact]
    public void Averages_and_lookahead_are_the_same_bits_for_every_number_of_threads_and_every_chunk_size()
    {
        var digests = from degree in (int[])[1, 2, 3, 8] from chunk in (int[])[512, 4096, 1 << 20] select Run(degree, chunk);
        Assert.Single(digests.Distinct());

        static ulong Run(int degree, int chunkLength)
        {
            var model = new Model<float>(5, 7, 10_001, 300);
            var optimizer = new Optimizer<float>
            {
                MaxDegreeOfParallelism = degree,
                ChunkLength = chunkLength,
                ParallelThreshold = 0,
                Lookahead = new Lookahead(2),
            };
            optimizer.Add(new TestTrustRatio(), model.Parameters);
            var average = optimizer.AddAverage(Averaging.Exponential(0.9));
            model.Train(optimizer, 5);
            var digest = new Digest();
            foreach (var parameter in model.Parameters)
            {
                digest.Add<float>(parameter.Value.Span);
                digest.Add(average.Of(parameter.Name).Span);
            }

            return digest.Value;
        }
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Averaging.Exponential(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Averaging.Exponential(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Averaging.Equal() with { From = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Averaging.Equal() with { Every = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lookahead(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lookahead(5, double.NaN));
        var optimizer = new Optimizer<float>();
        optimizer.AddAverage(Averaging.Equal(), "a");
        Assert.Throws<ArgumentException>(() => optimizer.AddAverage(Averaging.Equal(), "a"));
        Assert.Throws<ArgumentException>(() => optimizer.AddAverage(Averaging.Equal(), "a/b"));
    }
}
