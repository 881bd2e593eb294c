using OptDsl.Benchmarks.Contestants;
using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>A model of 200 tensors: what an optimizer adds to its kernels.</summary>
internal static class SmallTensorComparison
{
    public const int Count = 200;

    /// <param name="rule">The rule.</param>
    /// <param name="smallest">The smallest length; the largest is 16 times as much (and 64 times for 1K).</param>
    /// <param name="largest">The largest length.</param>
    /// <param name="native">The C contestants.</param>
    public static RaceResult Run(BenchmarkRule rule, int smallest, int largest, NativeSteps? native)
    {
        var random = new System.Random(1);
        var all = Enumerable.Range(0, Count)
            .Select(_ => new Tensors((int)(smallest * Math.Pow((double)largest / smallest, random.NextDouble())), rule.Buffers)).ToArray();
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1 };
        optimizer.Add(rule.Create(), all.Select((tensors, i) => new Parameter<float>($"tensor {i}", tensors.Parameter.Memory, tensors.Gradient.Memory)));
        var contestants = new List<Contestant> { new(Contestant.Optimizer, _ => optimizer.Step()) };
        foreach (var (name, step) in rule.Ways(native))
        {
            contestants.Add(new Contestant(name, t =>
            {
                foreach (var tensors in all)
                    step(tensors, 0, tensors.Length, t);
            }));
        }

        var result = Race.Run(contestants, reset: null, rounds: 31, TimeSpan.FromMilliseconds(1));
        foreach (var tensors in all)
            tensors.Dispose();
        return result;
    }
}
