namespace OptDsl.Tests.Runtime;

/// <summary>A compiled rule that reduces nothing, and whose numbers of elements are all that tells tensors apart.</summary>
[UpdateRule("W = W - ηg / (count(g) + group(count(g)) / 2)")]
public sealed partial class DeclaredCount
{
    /// <summary>Step size.</summary>
    [Hyper("η", Min = 0)] public double LearningRate { get; set; } = 1;
}
