using System.Runtime.CompilerServices;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>Memory for what a rule of matrices computes on the way through a step of one tensor, used by one tensor after the other.</summary>
internal sealed class ScratchSet<T>
    where T : unmanaged
{
    private AlignedArray<T>[] _tensors = [];
    private double[][] _columnSums = [];
    private AlignedArray<T>? _workspace;

    /// <summary>The number of bytes.</summary>
    public long Bytes => ((_tensors.Sum(tensor => (long)tensor.Length) + (_workspace?.Length ?? 0)) * Unsafe.SizeOf<T>())
        + (_columnSums.Sum(sums => (long)sums.Length) * sizeof(double));

    /// <summary>Makes room for a tensor, unless there is enough.</summary>
    /// <param name="rule">What the rule needs.</param>
    /// <param name="shape">The tensor.</param>
    /// <param name="workspace">The number of elements that the rule's products, roots and decompositions need besides.</param>
    public void MakeRoom(RuleShape rule, TensorShape shape, int workspace)
    {
        if (_tensors.Length < rule.Scratch.Length)
            Array.Resize(ref _tensors, rule.Scratch.Length);
        for (var i = 0; i < rule.Scratch.Length; i++)
        {
            if (_tensors[i] is null || _tensors[i].Length < rule.Scratch[i].Length(shape))
                _tensors[i] = new AlignedArray<T>(1, rule.Scratch[i].Length(shape));
        }

        if (_columnSums.Length < rule.MostColumnReductions)
        {
            var before = _columnSums.Length;
            Array.Resize(ref _columnSums, rule.MostColumnReductions);
            _columnSums.AsSpan(before).Fill([]);
        }

        for (var i = 0; i < rule.MostColumnReductions; i++)
        {
            var length = RowBlocks.CountOf(shape) * shape.Columns;
            if (_columnSums[i].Length < length)
                _columnSums[i] = new double[length];
        }

        if (workspace > (_workspace?.Length ?? 0))
            _workspace = new AlignedArray<T>(1, workspace);
    }

    /// <summary>A tensor.</summary>
    public Span<T> Tensor(int index, int length) => _tensors[index].RowSpan(0)[..length];

    /// <summary>What is summed up down the columns, block by block.</summary>
    public Span<double> ColumnSums(int index) => _columnSums[index];

    /// <summary>Elements for whatever a product, a root or a decomposition needs.</summary>
    public Span<T> Workspace => _workspace is null ? [] : _workspace.RowSpan(0);
}
