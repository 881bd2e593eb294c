using System.Numerics;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// How a tensor is cut. A unit is what one clipping factor applies to: a row under adaptive clipping, else the whole tensor.
/// A chunk, what a thread takes at a time, is a power of two of blocks of the only unit, or a power of two of units; so the tree
/// over the chunks is the tree over all blocks or units.
/// </summary>
/// <param name="Length">The number of elements of a unit.</param>
/// <param name="Count">The number of units.</param>
/// <param name="ChunkLength">The number of elements of a chunk, the last of the tensor apart.</param>
internal readonly record struct Units(int Length, int Count, int ChunkLength)
{
    public static Units Of(IReadOnlyList<int> shape, int length, GradientClipping clipping, int chunkLength)
    {
        if (clipping is not AdaptiveClipping || shape.Count <= 1)
            return new Units(length, 1, chunkLength);
        return OfRows(length, shape[0], chunkLength);
    }

    /// <summary>Chunks between rows, which a rule sees: their length follows from the shape alone.</summary>
    public static Units OfBlocks(TensorShape shape, GradientClipping clipping)
    {
        var chunk = RowBlocks.RowsOf(shape) * shape.Columns;
        return clipping is AdaptiveClipping && shape.Rank > 1 ? new Units(shape.Columns, shape.Rows, chunk) : new Units(shape.Length, 1, chunk);
    }

    /// <summary>Rows as units.</summary>
    public static Units OfRows(int length, int rows, int chunkLength)
    {
        var unit = length / rows;
        return new Units(unit, rows, unit << BitOperations.Log2((uint)Math.Max(1, chunkLength / unit)));
    }
}
