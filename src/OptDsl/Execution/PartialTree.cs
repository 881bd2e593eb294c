namespace OptDsl.Execution;

/// <summary>Combines reductions in the fixed tree of <see cref="CombinationTree{TValue}"/>.</summary>
internal struct PartialTree
{
    private CombinationTree<double> _tree;

    /// <summary>Adds the next value.</summary>
    public void Add(double value, ReductionKind kind) => _tree.Add(value, new ByKind(kind));

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
    public readonly double Result(ReductionKind kind) => _tree.Result(new ByKind(kind));
}
