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

    private PartialTree _tree;

    /// <summary>The sum over all blocks.</summary>
    public readonly double Total => _tree.Result(ReductionKind.Sum);

    /// <summary>Adds the next block.</summary>
    /// <param name="lanes">The sums of its lanes.</param>
    public void Add(Span<double> lanes)
    {
        for (var half = Lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
                lanes[i] += lanes[i + half];
        }

        AddTotal(lanes[0]);
    }

    /// <summary>Adds the next block.</summary>
    /// <param name="total">The sum of its elements.</param>
    internal void AddTotal(double total) => _tree.Add(total, ReductionKind.Sum);

    /// <summary>Adds the next block.</summary>
    /// <param name="lanes">The sums of its lanes.</param>
    public void Add(Span<CompensatedSum> lanes)
    {
        for (var half = Lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
                lanes[i].Add(lanes[i + half]);
        }

        AddTotal(lanes[0].Value);
    }

    /// <summary>Adds an element to its lane.</summary>
    /// <param name="lane">The sum of the lane.</param>
    /// <param name="value">The element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref double lane, float value) => lane += value;

    /// <summary>Adds a product of elements to its lane.</summary>
    /// <param name="lane">The sum of the lane.</param>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref double lane, float left, float right) => lane += (double)left * right;

    /// <summary>Adds an element to its lane.</summary>
    /// <param name="lane">The sum of the lane.</param>
    /// <param name="value">The element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref CompensatedSum lane, double value) => lane.Add(value);

    /// <summary>Adds a product of elements to its lane.</summary>
    /// <param name="lane">The sum of the lane.</param>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref CompensatedSum lane, double left, double right) => lane.Add(left * right);
}
