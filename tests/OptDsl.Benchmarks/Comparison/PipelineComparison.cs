using System.Numerics.Tensors;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>
/// What surrounds a step: the gradient's norm, clipping by it, the step, and zeroing the gradient, in one call and in four passes.
/// In blocks, because the primitives slow down on spans that exceed the cache. Lengths are multiples of a block's.
/// </summary>
internal static class PipelineComparison
{
    public const string Plain = "plain step";
    public const string OneCall = "one call";
    public const string FourPasses = "four passes";
    public const string FourPassesInBlocks = "four passes, each in blocks";
    private const int BlockLength = 2048;
    private const double MaxNorm = 1e-3;

    public static RaceResult Run(BenchmarkRule rule, int length)
    {
        using var tensors = new Tensors(length, rule.Buffers);
        var plain = Optimizer(rule, tensors);
        var whole = Optimizer(rule, tensors);
        whole.Clipping = GradientClipping.ByGlobalNorm(MaxNorm);
        whole.ZeroGradients = true;
        return Race.Run(
            [
                new Contestant(Plain, _ => plain.Step()),
                new Contestant(OneCall, _ => whole.Step()),
                new Contestant(FourPasses, t => Separately(rule, tensors, t, length)),
                new Contestant(FourPassesInBlocks, t => Separately(rule, tensors, t, BlockLength)),
            ],
            reset: null, rounds: 21, TimeSpan.FromMilliseconds(1));
    }

    private static Optimizer<float> Optimizer(BenchmarkRule rule, Tensors tensors)
    {
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1 };
        optimizer.Add(rule.Create(), new Parameter<float>("W", tensors.Parameter.Memory, tensors.Gradient.Memory));
        return optimizer;
    }

    private static void Separately(BenchmarkRule rule, Tensors tensors, long t, int blockLength)
    {
        var sum = 0.0;
        for (var start = 0; start < tensors.Length; start += blockLength)
            sum += TensorPrimitives.SumOfSquares<float>(tensors.G.Slice(start, blockLength));
        var scale = (float)Math.Min(1, MaxNorm / (Math.Sqrt(sum) + 1e-6));
        for (var start = 0; start < tensors.Length; start += blockLength)
            TensorPrimitives.Multiply(tensors.G.Slice(start, blockLength), scale, tensors.G.Slice(start, blockLength));
        rule.Generated(tensors, 0, tensors.Length, t);
        tensors.G.Clear();
    }
}
