using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>An optimizer whose states are in fewer bits, beside one whose states are floats.</summary>
internal static class StorageComparison
{
    // Beyond this a turn is a step.
    private const int InCache = 1 << 18;

    /// <param name="rule">The rule.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="threads">The number of threads.</param>
    public static RaceResult Run(BenchmarkRule rule, int length, int threads)
    {
        using var tensors = new Tensors(length, states: 0);
        return Race.Run(
            [.. Enum.GetValues<Storage>().Select(storage => new Contestant(storage.ToString(), Optimizer(rule, tensors, threads, storage)))],
            reset: null, rounds: length <= InCache ? 31 : 15, TimeSpan.FromMilliseconds(length <= InCache ? 0.5 : 0.01));
    }

    private static Action<long> Optimizer(BenchmarkRule rule, Tensors tensors, int threads, Storage storage)
    {
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = threads };
        optimizer.Add(rule.Create(), new Parameter<float>("W", tensors.Parameter.Memory, tensors.Gradient.Memory)).StoreStates(storage);
        return _ => optimizer.Step();
    }
}
