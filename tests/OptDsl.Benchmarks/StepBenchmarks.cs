using BenchmarkDotNet.Attributes;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks;

/// <summary>The rules one at a time, for the curious: absolute times, which on a shared machine are worth less than ratios.</summary>
[MemoryDiagnoser]
public class StepBenchmarks : IDisposable
{
    private BenchmarkRule _rule = null!;
    private Tensors _tensors = null!;
    private long _step;

    /// <summary>The number of elements.</summary>
    [Params(1 << 10, 1 << 14, 1 << 18)]
    public int Length { get; set; }

    /// <summary>The rule.</summary>
    [Params("SGD", "momentum", "RMSProp", "AdamW", "Lion", "LAMB")]
    public string Rule { get; set; } = "";

    /// <summary>Makes the tensors.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _rule = KnownRules.All.Single(rule => rule.Name == Rule);
        _tensors = new Tensors(Length, _rule.Buffers);
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _tensors.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The generated kernel.</summary>
    [Benchmark(Baseline = true)]
    public void Generated() => _rule.Generated(_tensors, 0, Length, ++_step);

    /// <summary>The indexed loop.</summary>
    [Benchmark]
    public void Naive() => _rule.Naive(_tensors, 0, Length, ++_step);

    /// <summary>The composition of TensorPrimitives.</summary>
    [Benchmark]
    public void TensorPrimitives() => _rule.Ways(null).First(way => way.Name == Contestant.Tensor).Step(_tensors, 0, Length, ++_step);
}
