using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Execution;
using OptDsl.Kernels;
using OptDsl.Matrices;

namespace OptDsl;

/// <summary>A slice of one tensor with its gradient and states, and the values that a pass over it needs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe ref struct PassSlice<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<int> _rows;
    private readonly MatrixFrame<T>? _frame;
    private readonly bool _isPlain;
    private ref T _states;
    private nint _stride;
    private PackedStates _packed;

    /// <summary>A slice of a tensor.</summary>
    /// <param name="parameter">The elements of the parameter.</param>
    /// <param name="gradient">The gradient's elements; written only where <paramref name="transform"/> zeroes it.</param>
    /// <param name="states">The slice's first element of the first element-wise state.</param>
    /// <param name="stride">The distance in elements from one state's element to the next state's.</param>
    /// <param name="scalars">What <see cref="IUpdateRule.BeginStep"/> and <see cref="IUpdateRule.BeforePass"/> computed.</param>
    /// <param name="partials">Receives the reductions of the pass over this slice.</param>
    /// <param name="transform">What happens to the gradient on its way in.</param>
    /// <param name="rows">
    /// For each element-wise state how many strides it is from <paramref name="states"/>, or from the first of those that are packed, -1 for
    /// one that does not exist; empty where all exist, one after the other.
    /// </param>
    /// <param name="packed">The states that are no elements in memory; none unless given.</param>
    public PassSlice(
        Span<T> parameter, Span<T> gradient, ref T states, nint stride,
        ReadOnlySpan<double> scalars, Span<double> partials, GradientTransform transform, ReadOnlySpan<int> rows = default,
        PackedStates packed = default)
    {
        Parameter = parameter;
        Gradient = gradient;
        _states = ref states;
        _stride = stride;
        _rows = rows;
        _packed = packed;
        _isPlain = rows.IsEmpty && packed.IsNone;
        Scalars = scalars;
        Partials = partials;
        Transform = transform;
    }

    /// <summary>A slice of a tensor of which the rule sees rows and columns.</summary>
    internal PassSlice(
        Span<T> parameter, Span<T> gradient, ref T states, nint stride,
        ReadOnlySpan<double> scalars, Span<double> partials, GradientTransform transform, ReadOnlySpan<int> rows, PackedStates packed,
        MatrixFrame<T>? frame, int firstRow)
        : this(parameter, gradient, ref states, stride, scalars, partials, transform, rows, packed)
    {
        (_frame, FirstRow) = (frame, firstRow);
        _isPlain &= frame is null;
    }

    /// <summary>The shape of the whole tensor, for rules that see rows and columns.</summary>
    public readonly TensorShape Shape => _frame?.Shape ?? default;

    /// <summary>The row that the slice begins with, for rules that see rows and columns.</summary>
    public readonly int FirstRow { get; }

    /// <summary>The number of rows of a block, see <see cref="Kernels.RowBlocks"/>.</summary>
    public readonly int BlockRows => _frame?.BlockRows ?? 1;

    /// <summary>The elements of the parameter.</summary>
    public Span<T> Parameter { readonly get; private set; }

    /// <summary>The elements of the gradient.</summary>
    public Span<T> Gradient { readonly get; private set; }

    /// <summary>The values that are the same for every element.</summary>
    public readonly ReadOnlySpan<double> Scalars { get; }

    /// <summary>Receives the reductions of the pass over this slice, one value each.</summary>
    public readonly Span<double> Partials { get; }

    /// <summary>What happens to the gradient on its way in.</summary>
    public readonly GradientTransform Transform { get; }

    /// <summary>Which states the pass finds as <see cref="Storage.BFloat16"/>; none for a rule whose description does not say that it can have such.</summary>
    public readonly StatePacking Packing => _packed.Packing;

    /// <summary>Where the states of <see cref="Storage.Block8"/> are, if the pass reads and writes them itself.</summary>
    internal readonly BlockRun* Run => _packed.Run;

    /// <summary>
    /// The elements of a state that is a tensor: those of the slice where it is element-wise, else all; empty where it does not exist. Of one that
    /// is <see cref="Storage.BFloat16"/>, its memory.
    /// </summary>
    /// <param name="index">Its position among the states that are tensors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Span<T> State(int index) =>
        _isPlain ? MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _states, index * _stride), Parameter.Length) : FindState(index);

    /// <summary>Goes on to another tensor, with as much of it.</summary>
    /// <param name="parameter">The elements of the parameter.</param>
    /// <param name="gradient">The gradient's elements.</param>
    /// <param name="states">The first element of the first element-wise state.</param>
    /// <param name="stride">The distance in elements from one state's element to the next state's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveTo(Span<T> parameter, Span<T> gradient, [UnscopedRef] ref T states, nint stride)
    {
        Parameter = parameter;
        Gradient = gradient;
        _states = ref states;
        _stride = stride;
    }

    /// <summary>Goes on to other states that are no elements in memory.</summary>
    internal void MoveTo(PackedStates packed) => _packed = packed;

    private readonly Span<T> FindState(int index)
    {
        if (_frame?.States?.Shaped(index) is { } shaped)
            return shaped.RowSpan(0);
        var row = _rows.IsEmpty ? index : _rows[index];
        if (row >= 0 && Run is not null && index < StatePacking.MostStates && Run->Has(index))
            return MemoryMarshal.Cast<byte, T>(new Span<byte>(BlockRun.Place(Run, index)->Codes, Parameter.Length));
        if (row >= 0 && (_packed.Windowed & (1UL << index)) != 0 && index < StatePacking.MostStates)
            return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.Add(ref _packed.Window, row * _packed.WindowStride)), Parameter.Length);
        if (row >= 0 && _packed.Packing.IsBFloat16(index))
            return MemoryMarshal.Cast<ushort, T>(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _packed.First, row * _packed.Stride), Parameter.Length));
        return row < 0 ? default : MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _states, row * _stride), Parameter.Length);
    }

    /// <summary>What is computed on the way, all of it; see <see cref="RuleDescription.Scratch"/>.</summary>
    /// <param name="index">Its position.</param>
    public readonly Span<T> Scratch(int index) => _frame!.ScratchOf(index);

    /// <summary>The part of the slice of something like the parameter.</summary>
    /// <param name="elements">All of it.</param>
    public readonly Span<T> ElementsOf(Span<T> elements) => elements.IsEmpty ? elements : elements.Slice(FirstRow * Shape.Columns, Parameter.Length);

    /// <summary>The part of the slice of something that has a value for each row.</summary>
    /// <param name="rows">All of it.</param>
    public readonly Span<T> RowsOf(Span<T> rows) => rows.IsEmpty ? rows : rows.Slice(FirstRow, Parameter.Length / Shape.Columns);

    /// <summary>What the pass sums up down the columns: the sums of the block of rows that the slice begins in, and of the blocks after it.</summary>
    /// <param name="index">The position among what the pass sums up so.</param>
    public readonly Span<double> ColumnSums(int index) => _frame!.ColumnSumsFrom(index, FirstRow);

    /// <summary>Who computes the products, roots and decompositions of the pass.</summary>
    public readonly MatrixWorkspace Workspace => _frame!.Scratch.Workspace;
}
