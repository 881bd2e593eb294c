using OptDsl.Kernels;
using OptDsl.Matrices;

namespace OptDsl.Execution;

/// <summary>Memory for what a rule of matrices computes on the way through a step of one tensor, used by one tensor after the other.</summary>
internal sealed class ScratchSet<T>
    where T : unmanaged
{
    private AlignedArray<T>[] _tensors = [];
    private double[][] _columnSums = [];

    /// <summary>Who computes products, roots and decompositions.</summary>
    public MatrixWorkspace Workspace { get; private set; } = new();

    /// <summary>Makes room for a tensor, unless there is enough.</summary>
    /// <param name="rule">What the rule needs.</param>
    /// <param name="shape">The tensor.</param>
    public void MakeRoom(RuleShape rule, TensorShape shape)
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
            var length = Math.Max(RowBlocks.CountOf(shape) * shape.Columns, shape.Rows);
            if (_columnSums[i].Length < length)
                _columnSums[i] = new double[length];
        }
    }

    /// <summary>Lets others help with products, roots and decompositions.</summary>
    /// <param name="crew">Who helps.</param>
    /// <param name="degree">The largest number of threads.</param>
    public void Engage(Crew crew, int degree)
    {
        if (Workspace.Degree != degree)
            Workspace = new MatrixWorkspace(crew, degree);
    }

    /// <summary>A tensor.</summary>
    public Span<T> Tensor(int index, int length) => _tensors[index].RowSpan(0)[..length];

    /// <summary>What is summed up down the columns, block by block.</summary>
    public Span<double> ColumnSums(int index) => _columnSums[index];
}
