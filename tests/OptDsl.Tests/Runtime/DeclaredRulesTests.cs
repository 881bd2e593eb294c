using System.Numerics;
using OptDsl.Tests.Checkpoints;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Runtime;

/// <summary>The optimizer with rules that the compiler made, kernels and all.</summary>
public sealed class DeclaredRulesTests(ITestOutputHelper output)
{
    [Fact]
    public void Groups_agree_with_the_recorded_case()
    {
        var golden = GoldenCase.Load("groups_adamw");
        var gradients = golden.Tensors.Select(tensor => new double[tensor.Start.Length]).ToArray();
        var weights = golden.Tensors.Select(tensor => tensor.Start.ToArray()).ToArray();
        var optimizer = new Optimizer<double>();
        for (var i = 0; i < weights.Length; i++)
        {
            var overrides = golden.Tensors[i].HyperOverride!.Value;
            optimizer.Add(
                new DeclaredAdamW
                {
                    LearningRate = overrides.TryGetProperty("lr", out var rate) ? rate.GetDouble() : golden.HyperValue("lr"),
                    Epsilon = golden.HyperValue("eps"),
                    WeightDecay = overrides.GetProperty("weight_decay").GetDouble(),
                },
                new Parameter<double>($"w{i}", weights[i], gradients[i], golden.Tensors[i].Shape));
        }

        for (var step = 0; step < golden.Steps; step++)
        {
            for (var i = 0; i < weights.Length; i++)
                golden.Tensors[i].Gradients[step].CopyTo(gradients[i], 0);
            optimizer.Step();
            for (var i = 0; i < weights.Length; i++)
                AssertClose(golden.Tensors[i], step, weights[i], golden.Tolerance);
        }
    }

    [Fact]
    public void Results_are_the_same_bits_for_every_number_of_threads_and_every_chunk_size()
    {
        var floats = Table<float>();
        var doubles = Table<double>();
        foreach (var key in floats.Keys)
            output.WriteLine($"{key.Degree} threads, chunks of {key.Chunk,7}: {floats[key]:x16} {doubles[key]:x16}");
        Assert.Single(floats.Values.Distinct());
        Assert.Single(doubles.Values.Distinct());

        static Dictionary<(int Degree, int Chunk), ulong> Table<T>()
            where T : unmanaged, IFloatingPointIeee754<T> =>
            (from degree in (int[])[1, 2, 3, 8] from chunk in (int[])[512, 2048, 16384, 1 << 20] select (degree, chunk))
            .ToDictionary(key => key, key => Run<T>(key.degree, key.chunk));

        static ulong Run<T>(int degree, int chunkLength)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var model = new Model<T>(7, ("a", [100, 333]), ("b", [1]), ("c", [517]), ("d", [16384]), ("e", [3, 5, 7, 11]), ("f", [70_001]));
            var optimizer = new Optimizer<T>
            {
                MaxDegreeOfParallelism = degree,
                ChunkLength = chunkLength,
                ParallelThreshold = 0,
                ZeroGradients = true,
                Clipping = GradientClipping.ByGlobalNorm(1),
            };
            optimizer.Add((IUpdateRule<T>)(object)new DeclaredTrustRatio(), model.Parameters[..4]).Clipping = GradientClipping.Adaptive();
            optimizer.Add((IUpdateRule<T>)(object)new DeclaredAdamW(), model.Parameters[4..]);
            model.Train(optimizer, 3);
            var digest = new Digest();
            foreach (var parameter in model.Parameters)
            {
                digest.Add<T>(parameter.Value.Span);
                digest.Add<T>(parameter.Gradient.Span);
                digest.Add(optimizer.State(parameter.Name, "m").Span);
            }

            digest.Add<double>([optimizer.TensorState("a", "s"), optimizer.TensorState("d", "s")]);
            return digest.Value;
        }
    }

    [Fact]
    public void Saving_and_loading_in_between_changes_no_bit_of_what_follows()
    {
        using var folder = new TemporaryFolder();
        var (straight, resumed) = (new Model<float>(8, 5000, 33), new Model<float>(8, 5000, 33));
        var one = Optimizer(straight);
        straight.Train(one, 7);

        resumed.Train(Optimizer(resumed), 0);
        var first = Optimizer(resumed);
        resumed.Train(first, 4);
        first.Save(folder["c"]);
        foreach (var parameter in resumed.Parameters)
            parameter.Value.Span.Clear();
        var second = Optimizer(resumed);
        Assert.Empty(second.Load(folder["c"]).HyperChanges);
        resumed.Train(second, 3);
        Assert.Equal(straight.Values, resumed.Values);

        static Optimizer<float> Optimizer(Model<float> model)
        {
            var optimizer = new Optimizer<float>();
            optimizer.Add(new DeclaredAdamW(), model.Parameters[0]);
            optimizer.Add(new DeclaredTrustRatio(), model.Parameters[1]);
            return optimizer;
        }
    }

    [Fact]
    public void Adam_goes_on_where_PyTorch_stopped()
    {
        using var folder = new TemporaryFolder();
        var golden = GoldenCase.Load("adam_plain");
        var tensor = golden.Tensors[0];
        var straight = Adam(tensor.Start.ToArray(), out var gradient);
        for (var step = 0; step < golden.Steps; step++)
        {
            tensor.Gradients[step].CopyTo(gradient, 0);
            straight.Step();
        }

        var imported = Adam(new double[tensor.Start.Length], out var importedGradient);
        SafetensorsFile.Write(
            folder["adam"],
            ("w", tensor.Shape, tensor.Weights[^1]),
            ("w.step", [], new[] { (float)golden.Steps }),
            ("w.exp_avg", tensor.Shape, tensor.FinalState("exp_avg")),
            ("w.exp_avg_sq", tensor.Shape, tensor.FinalState("exp_avg_sq")));
        imported.ImportTorchState(folder["adam"]);
        Assert.Equal(golden.Steps, imported.StepCount);
        for (var step = 0; step < golden.Steps; step++)
        {
            tensor.Gradients[step].CopyTo(gradient, 0);
            tensor.Gradients[step].CopyTo(importedGradient, 0);
            straight.Step();
            imported.Step();
        }

        var (expected, actual) = (straight.Parameters.First().Value.ToArray(), imported.Parameters.First().Value.ToArray());
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(Math.Abs(expected[i]), Math.Abs(tensor.Start[i])) + 1e-14);

        Optimizer<double> Adam(double[] start, out double[] gradient)
        {
            gradient = new double[start.Length];
            var optimizer = new Optimizer<double>();
            optimizer.Add(new DeclaredAdamW { LearningRate = golden.HyperValue("lr") }, new Parameter<double>("w", start, gradient, tensor.Shape));
            return optimizer;
        }
    }

    private static void AssertClose(GoldenTensor golden, int step, double[] weights, double tolerance)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var scale = golden.Weights.Take(step + 1).Select(row => Math.Abs(row[i])).Append(Math.Abs(golden.Start[i])).Max();
            Assert.Equal(golden.Weights[step][i], weights[i], tolerance * scale);
        }
    }
}
