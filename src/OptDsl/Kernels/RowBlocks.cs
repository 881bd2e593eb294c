using System.ComponentModel;
using System.Numerics;

namespace OptDsl.Kernels;

/// <summary>
/// How a tensor is cut by rules that see rows and columns: into blocks of rows, whose number of rows follows from the shape alone. What
/// is summed up down the columns of a block is combined with the other blocks in one order, so that the bits depend neither on
/// threads nor on how a step is made. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowBlocks
{
    // A thread takes a block at a time; each keeps a sum for every column.
    private const int LeastElements = 16 * 1024;
    private const int MostBlocks = 64;

    /// <summary>The number of rows of a block, the last of the tensor apart: a power of two.</summary>
    /// <param name="shape">The tensor.</param>
    public static int RowsOf(TensorShape shape)
    {
        var rows = Math.Max((shape.Rows + MostBlocks - 1) / MostBlocks, (LeastElements + shape.Columns - 1) / shape.Columns);
        return (int)BitOperations.RoundUpToPowerOf2((uint)rows);
    }

    /// <summary>The number of blocks.</summary>
    /// <param name="shape">The tensor.</param>
    public static int CountOf(TensorShape shape) => (int)(((long)shape.Rows + RowsOf(shape) - 1) / RowsOf(shape));

    /// <summary>A row of a matrix; empty where that is, as it does not exist.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="row">The row.</param>
    /// <param name="width">The number of its columns.</param>
    public static Span<T> Row<T>(Span<T> matrix, int row, int width)
        where T : unmanaged => matrix.IsEmpty ? matrix : matrix.Slice(row * width, width);

    /// <inheritdoc cref="Row{T}(Span{T}, int, int)"/>
    public static ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> matrix, int row, int width)
        where T : unmanaged => matrix.IsEmpty ? matrix : matrix.Slice(row * width, width);

    /// <summary>The value of a row; 0 where there is none, as what has them does not exist.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">A value a row.</param>
    /// <param name="row">The row.</param>
    public static double Value<T>(ReadOnlySpan<T> values, int row)
        where T : unmanaged => values.IsEmpty ? 0 : Elements.ToDouble(values[row]);

    /// <summary>Begins sums down the columns.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="kind">How they combine.</param>
    public static void Begin(Span<double> sums, ReductionKind kind) => sums.Fill(kind == ReductionKind.Max ? double.NegativeInfinity : 0);

    /// <summary>Combines what was summed up down the columns of each block.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="sums">The sums of the blocks, one block after the other; overwritten.</param>
    /// <param name="kind">How they combine; of a norm, the root is taken.</param>
    /// <param name="destination">Receives a value a column.</param>
    public static void Combine<T>(Span<double> sums, ReductionKind kind, Span<T> destination)
        where T : unmanaged
    {
        var columns = destination.Length;
        var count = sums.Length / columns;
        for (var distance = 1; distance < count; distance *= 2)
        {
            for (var block = 0; block + distance < count; block += 2 * distance)
                Combine(sums.Slice(block * columns, columns), sums.Slice((block + distance) * columns, columns), kind);
        }

        for (var column = 0; column < columns; column++)
            destination[column] = Elements.Of<T>(kind == ReductionKind.Norm ? Math.Sqrt(sums[column]) : sums[column]);
    }

    private static void Combine(Span<double> left, ReadOnlySpan<double> right, ReductionKind kind)
    {
        if (kind == ReductionKind.Max)
        {
            for (var i = 0; i < left.Length; i++)
                left[i] = Math.Max(left[i], right[i]);
            return;
        }

        var at = 0;
        for (var end = left.Length - Vector<double>.Count; at <= end; at += Vector<double>.Count)
            (new Vector<double>(left[at..]) + new Vector<double>(right[at..])).CopyTo(left[at..]);
        for (; at < left.Length; at++)
            left[at] += right[at];
    }
}
