using System.ComponentModel;
using OptDsl.Execution;

namespace OptDsl.Kernels;

/// <summary>Combines, in a fixed tree, what a pass reduces row by row. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct RowTree
{
    private PartialTree _tree;

    /// <summary>Adds the next row.</summary>
    /// <param name="value">What was reduced over it.</param>
    /// <param name="kind">How rows combine.</param>
    public void Add(double value, ReductionKind kind) => _tree.Add(value, kind);

    /// <summary>What was reduced over all rows.</summary>
    /// <param name="kind">How rows combine.</param>
    public readonly double Total(ReductionKind kind) => _tree.Result(kind);
}
