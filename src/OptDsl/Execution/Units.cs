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
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="length">The number of its elements.</param>
    /// <param name="clipping">What clips its gradient.</param>
    /// <param name="chunkLength">How long chunks are to be, a power of two of blocks.</param>
    /// <param name="multiple">A power of two that the length of chunks is to be a multiple of, whatever the units are.</param>
    public static Units Of(IReadOnlyList<int> shape, int length, GradientClipping clipping, int chunkLength, int multiple)
    {
        if (clipping is not AdaptiveClipping || shape.Count <= 1)
            return new Units(length, 1, chunkLength);
        return OfRows(length, shape[0], chunkLength, multiple);
    }

    /// <summary>Chunks between rows, which a rule sees: their length follows from the shape alone.</summary>
    public static Units OfBlocks(TensorShape shape, GradientClipping clipping)
    {
        var chunk = RowBlocks.RowsOf(shape) * shape.Columns;
        return clipping is AdaptiveClipping && shape.Rank > 1 ? new Units(shape.Columns, shape.Rows, chunk) : new Units(shape.Length, 1, chunk);
    }

    /// <summary>Rows as units.</summary>
    public static Units OfRows(int length, int rows, int chunkLength, int multiple)
    {
        var unit = length / rows;
        var powers = Math.Max(BitOperations.Log2((uint)Math.Max(1, chunkLength / unit)), BitOperations.Log2((uint)multiple) - BitOperations.TrailingZeroCount(unit));

        // A chunk that is longer than the tensor is all of it.
        return new Units(unit, rows, (int)Math.Min((long)unit << powers, Math.Max(length, chunkLength)));
    }
}
