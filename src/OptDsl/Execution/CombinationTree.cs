using System.Runtime.CompilerServices;

namespace OptDsl.Execution;

/// <summary>
/// Combines values in a fixed tree: a run of n values is split at the largest power of two below n. Values that are
/// themselves such trees, each over the same power-of-two number of leaves (the last may have fewer), give the tree over all
/// leaves, so that the result does not depend on how a tensor was cut.
/// </summary>
internal struct CombinationTree<TValue>
    where TValue : unmanaged
{
    private Levels _levels;
    private long _count;

    /// <summary>Adds the next value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TCombination>(TValue value, TCombination combination)
        where TCombination : struct, ICombination<TValue>
    {
        // Like a binary counter: a carry combines two subtrees of the same size.
        var level = 0;
        for (var carry = _count; (carry & 1) != 0; carry >>= 1)
            value = combination.Of(_levels[level++], value);
        _levels[level] = value;
        _count++;
    }

    /// <summary>The value of the tree; the default where nothing was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TValue Result<TCombination>(TCombination combination)
        where TCombination : struct, ICombination<TValue>
    {
        TValue result = default;
        var any = false;
        var level = 0;
        for (var rest = _count; rest != 0; rest >>= 1, level++)
        {
            if ((rest & 1) == 0)
                continue;
            result = any ? combination.Of(_levels[level], result) : _levels[level];
            any = true;
        }

        return result;
    }

    [InlineArray(64)]
    private struct Levels
    {
        private TValue _first;
    }
}

/// <summary>How two values become one.</summary>
internal interface ICombination<TValue>
{
    TValue Of(TValue left, TValue right);
}

/// <summary>The combination of a kind of reduction.</summary>
internal readonly struct ByKind(ReductionKind kind) : ICombination<double>, ICombination<WideSum>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Of(double left, double right) => kind switch
    {
        ReductionKind.Sum => left + right,
        ReductionKind.Norm => (WideSum.Unpack(left) + WideSum.Unpack(right)).Packed,
        _ => Math.Max(left, right),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WideSum Of(WideSum left, WideSum right) =>
        kind != ReductionKind.Max ? left + right : new WideSum(Math.Max(left.Value, right.Value));
}
