using System.Runtime.CompilerServices;

namespace OptDsl.Execution;

/// <summary>
/// Combines reductions in a fixed tree: a run of n values is split at the largest power of two below n. Values that are
/// themselves such trees, each over the same power-of-two number of leaves (the last may have fewer), give the tree over all
/// leaves, so that the result does not depend on how a tensor was cut.
/// </summary>
internal struct PartialTree
{
    private Levels _levels;
    private long _count;

    /// <summary>Adds the next value.</summary>
    public void Add(double value, ReductionKind kind)
    {
        // Like a binary counter: a carry combines two subtrees of the same size.
        var level = 0;
        for (var carry = _count; (carry & 1) != 0; carry >>= 1)
            value = Combine(_levels[level++], value, kind);
        _levels[level] = value;
        _count++;
    }

    /// <summary>Adds the next value of each of several trees.</summary>
    public static void AddAll(Span<PartialTree> trees, ReadOnlySpan<double> values, ReadOnlySpan<ReductionKind> kinds)
    {
        for (var i = 0; i < trees.Length; i++)
            trees[i].Add(values[i], kinds[i]);
    }

    /// <summary>The values of several trees.</summary>
    public static void Results(ReadOnlySpan<PartialTree> trees, ReadOnlySpan<ReductionKind> kinds, Span<double> results)
    {
        for (var i = 0; i < trees.Length; i++)
            results[i] = trees[i].Result(kinds[i]);
    }

    /// <summary>The value of the tree; 0 where nothing was added.</summary>
    public readonly double Result(ReductionKind kind)
    {
        var result = 0.0;
        var any = false;
        var level = 0;
        for (var rest = _count; rest != 0; rest >>= 1, level++)
        {
            if ((rest & 1) == 0)
                continue;
            result = any ? Combine(_levels[level], result, kind) : _levels[level];
            any = true;
        }

        return result;
    }

    private static double Combine(double left, double right, ReductionKind kind) =>
        kind == ReductionKind.Sum ? left + right : Math.Max(left, right);

    [InlineArray(64)]
    private struct Levels
    {
        private double _first;
    }
}
