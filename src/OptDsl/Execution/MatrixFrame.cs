using System.Runtime.InteropServices;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>A tensor in the steps of a rule that sees rows and columns: what passes need besides elements.</summary>
/// <param name="rule">What the rule needs.</param>
/// <param name="shape">The tensor.</param>
internal sealed class MatrixFrame<T>(RuleShape rule, TensorShape shape)
    where T : unmanaged
{
    /// <summary>The tensor.</summary>
    public TensorShape Shape { get; } = shape;

    /// <summary>The number of rows of a block.</summary>
    public int BlockRows { get; } = RowBlocks.RowsOf(shape);

    /// <summary>The states.</summary>
    public StateMemory<T>? States { get; set; }

    /// <summary>Where what is computed on the way lies in this step.</summary>
    public ScratchSet<T> Scratch { get; set; } = null!;

    /// <summary>A tensor that is computed on the way.</summary>
    public Span<T> ScratchOf(int index) => Scratch.Tensor(index, rule.Scratch[index].Length(Shape));

    /// <summary>What is summed up down the columns of the block that a row is in, and of those after it.</summary>
    public Span<double> ColumnSumsFrom(int index, int row) =>
        Scratch.ColumnSums(index)[(row / BlockRows * Shape.Columns)..];

    /// <summary>Begins what a pass sums up down the columns of some blocks.</summary>
    public void BeginColumns(int pass, int firstBlock, int count)
    {
        var kinds = rule.ColumnReductionsOf(pass);
        for (var i = 0; i < kinds.Length; i++)
            RowBlocks.Begin(Scratch.ColumnSums(i).Slice(firstBlock * Shape.Columns, count * Shape.Columns), kinds[i].Kind);
    }

    /// <summary>Combines what a pass has summed up down the columns of all blocks.</summary>
    public void CombineColumns(int pass)
    {
        var kinds = rule.ColumnReductionsOf(pass);
        for (var i = 0; i < kinds.Length; i++)
        {
            var sums = Scratch.ColumnSums(i)[..(RowBlocks.CountOf(Shape) * Shape.Columns)];
            var destination = ScratchOf(kinds[i].Scratch);
            if (typeof(T) == typeof(float))
                RowBlocks.Combine(sums, kinds[i].Kind, MemoryMarshal.Cast<T, float>(destination));
            else
                RowBlocks.Combine(sums, kinds[i].Kind, MemoryMarshal.Cast<T, double>(destination));
        }
    }
}
