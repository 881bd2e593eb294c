using System.ComponentModel;
using System.Runtime.InteropServices;
using OptDsl.Execution;

namespace OptDsl.Kernels;

/// <summary>
/// A sum of squares over a tensor, in the order of <see cref="BlockSum"/>, that neither overflows nor vanishes: where the squares
/// of doubles did, the block is summed once more with its elements scaled. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BlockNorm
{
    private PartialTree _tree;

    /// <summary>The sum over all blocks, as slices combine it, see <see cref="ReductionKind.Norm"/>.</summary>
    public readonly double Total => _tree.Result(ReductionKind.Norm);

    /// <summary>How many elements of a block must be kept until its sum is known: none of floats, whose squares fit a double.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="length">The number of elements of the tensor.</param>
    public static int KeptOf<T>(nuint length)
        where T : unmanaged => typeof(T) == typeof(float) ? 0 : (int)nuint.Min((length + SquareSum.Lanes - 1) / SquareSum.Lanes * SquareSum.Lanes, BlockSum.Length);

    /// <summary>Adds the next block.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="lanes">The sums of its lanes and, of doubles, after all of them what they lost; overwritten.</param>
    /// <param name="kept">Its elements, if they are doubles; overwritten.</param>
    /// <param name="end">How many elements of the tensor there are up to its end.</param>
    public void Add<T>(Span<double> lanes, Span<T> kept, nuint end)
        where T : unmanaged
    {
        var total = BlockSum.TotalOf<T>(lanes);
        if (typeof(T) == typeof(double) && !WideSum.IsSafe(total))
        {
            // With zeros after the last one, which change no sum of squares.
            kept[(int)(((end - 1) % BlockSum.Length) + 1)..].Clear();
            total = SquareSum.OfExtremes(MemoryMarshal.Cast<T, double>(kept)).Packed;
        }

        _tree.Add(total, ReductionKind.Norm);
    }

    /// <summary>The root of a sum of squares.</summary>
    /// <param name="total">The sum, see <see cref="ReductionKind.Norm"/>.</param>
    public static double Root(double total) => WideSum.Unpack(total).Root;
}
