using System.ComponentModel;
using System.Runtime.CompilerServices;
using OptDsl.Execution;

namespace OptDsl.Kernels;

/// <summary>
/// A sum over a tensor in a fixed order of additions. A block of <see cref="Length"/> elements is summed in
/// <see cref="Lanes"/> lanes (element i in lane i mod 16) whose totals are added in pairs; the blocks are combined in a binary
/// tree. So the result depends neither on the width of vectors nor, if slices are whole powers of two of blocks, on how a
/// tensor is cut. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BlockSum
{
    /// <summary>The number of elements of a block.</summary>
    public const int Length = 512;

    /// <summary>The number of lanes of a block.</summary>
    public const int Lanes = 16;

    /// <summary>The number of doubles that the lanes take up: their sums, and what doubles lost.</summary>
    public const int LaneValues = 2 * Lanes;

    private PartialTree _tree;

    /// <summary>The sum over all blocks.</summary>
    public readonly double Total => _tree.Result(ReductionKind.Sum);

    /// <summary>Adds the next block.</summary>
    /// <typeparam name="T"><see cref="float"/>, whose sums lose nothing, or <see cref="double"/>.</typeparam>
    /// <param name="lanes">The sums of its lanes and, of doubles, after all of them what they lost; overwritten.</param>
    public void Add<T>(Span<double> lanes)
        where T : unmanaged => _tree.Add(TotalOf<T>(lanes), ReductionKind.Sum);

    /// <summary>The sum of a block, of its lanes and what they lost; these are overwritten.</summary>
    internal static double TotalOf<T>(Span<double> lanes)
        where T : unmanaged
    {
        var sums = lanes[..Lanes];
        if (typeof(T) == typeof(float))
        {
            for (var half = Lanes / 2; half > 0; half /= 2)
            {
                for (var i = 0; i < half; i++)
                    sums[i] += sums[i + half];
            }

            return sums[0];
        }

        var lost = lanes.Slice(Lanes, Lanes);
        for (var half = Lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                AddTo(ref sums[i], ref lost[i], sums[i + half]);
                lost[i] += lost[i + half];
            }
        }

        return double.IsFinite(lost[0]) ? sums[0] + lost[0] : sums[0];
    }

    /// <summary>Adds a value to a sum that also keeps what rounding took away, to be added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddTo(ref double sum, ref double lost, double value)
    {
        var total = sum + value;
        var added = total - sum;
        lost += (sum - (total - added)) + (value - added);
        sum = total;
    }
}
