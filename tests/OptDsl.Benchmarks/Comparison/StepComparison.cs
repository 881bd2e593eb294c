using OptDsl.Benchmarks.Contestants;
using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>A rule at a size on one or two threads.</summary>
internal sealed record StepCase(BenchmarkRule Rule, int Length, int Threads);

/// <summary>What came of a case.</summary>
internal sealed record StepRow(StepCase Case, RaceResult Result)
{
    public string Ours => Case.Threads > 1 ? Contestant.Optimizer : Contestant.Generated;
}

/// <summary>The generated kernels against all others, case by case.</summary>
internal static class StepComparison
{
    // Beyond these, a turn is a step, and tensors are not set back before it.
    private const int InCache = 1 << 18;
    private const int Large = 1 << 25;

    /// <summary>From this size on an optimizer takes a second thread.</summary>
    public const int ParallelThreshold = 1 << 16;

    public static StepRow Run(StepCase item, NativeSteps? native)
    {
        var (rule, length, threads) = item;
        using var tensors = new Tensors(length, rule.Buffers);
        using var halves = threads > 1 ? new Halves() : null;
        var contestants = new List<Contestant>();
        if (threads > 1)
            contestants.Add(new Contestant(Contestant.Optimizer, Optimizer(rule, tensors, threads)));
        foreach (var (name, step) in rule.Ways(native).Append((Contestant.Limit, rule.Limit)).Append((Contestant.Divider, DividerLimit.Step)))
        {
            if (halves is null)
                contestants.Add(new Contestant(name, t => step(tensors, 0, length, t)));
            else if (!rule.Reduces && name != Contestant.Generated)
                contestants.Add(new Contestant(name, halves.Step(step, tensors)));
        }

        // At sizes where their steps take a tenth of a second, the slow ones tell nothing new.
        if (length >= Large)
            contestants.RemoveAll(contestant => contestant.Name is Contestant.Naive or Contestant.Tensor or Contestant.Divider);
        return new StepRow(item, Race.Run(
            contestants, length <= InCache ? tensors.Reset : null,
            rounds: length <= InCache ? 31 : length < Large ? 21 : 7, TimeSpan.FromMilliseconds(length <= InCache ? 0.5 : 0.01)));
    }

    private static Action<long> Optimizer(BenchmarkRule rule, Tensors tensors, int threads)
    {
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = threads };
        optimizer.Add(rule.Create(), new Parameter<float>("W", tensors.Parameter.Memory, tensors.Gradient.Memory));
        return _ => optimizer.Step();
    }
}
