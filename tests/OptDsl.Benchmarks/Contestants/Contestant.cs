namespace OptDsl.Benchmarks.Contestants;

/// <summary>One of those who compute the same step.</summary>
/// <param name="Name">What a table calls it.</param>
/// <param name="Step">Makes a step over all elements.</param>
internal sealed record Contestant(string Name, Action<long> Step)
{
    public const string Generated = "generated";
    public const string Optimizer = "optimizer";
    public const string C = "C";
    public const string Limit = "limit";
    public const string Divider = "divider";
    public const string Naive = "naive C#";
    public const string Tensor = "TensorPrimitives";
    public const string TensorBlocks = "TensorPrimitives, 2K blocks";
}
