using System.Runtime.CompilerServices;

namespace OptDsl.Execution;

/// <summary>The states of one tensor that are tensors: the element-wise ones in rows of one array, those of other shapes in one each.</summary>
internal sealed class StateMemory<T>
    where T : unmanaged
{
    private readonly StateLayout _layout;
    private readonly AlignedArray<T>?[] _shaped;

    /// <param name="states">The states that the rule declares.</param>
    /// <param name="layout">Which of them exist.</param>
    /// <param name="length">The number of elements of the part of the tensor that this process steps.</param>
    /// <param name="shape">The shape of the tensor; of one that another process steps, nothing is kept.</param>
    public StateMemory(IReadOnlyList<StateDescription> states, StateLayout layout, int length, TensorShape shape)
    {
        _layout = layout;
        Elements = layout.RowCount > 0 ? new AlignedArray<T>(layout.RowCount, length) : null;
        _shaped = new AlignedArray<T>?[states.Count];
        for (var state = 0; state < _shaped.Length; state++)
        {
            if (layout.Has(state) && !states[state].IsOfElements)
                _shaped[state] = new AlignedArray<T>(1, length == 0 ? 0 : Extents.Of(states[state]).Length(shape));
        }
    }

    private StateMemory(StateLayout layout, AlignedArray<T>? elements, AlignedArray<T>?[] shaped) => (_layout, Elements, _shaped) = (layout, elements, shaped);

    /// <summary>The element-wise states, one a row; null where there are none.</summary>
    public AlignedArray<T>? Elements { get; }

    /// <summary>The number of bytes of all.</summary>
    public long Bytes => (((long)_layout.RowCount * (Elements?.Length ?? 0)) + _shaped.Sum(state => (long)(state?.Length ?? 0))) * Unsafe.SizeOf<T>();

    /// <summary>A state that exists.</summary>
    public Memory<T> this[int state] => _shaped[state] is { } shaped ? shaped.Row(0) : Elements!.Row(_layout.Row(state));

    /// <summary>The array of a state of another shape than the tensor; null of others, and of one that does not exist.</summary>
    public AlignedArray<T>? Shaped(int state) => _shaped[state];

    /// <summary>The same in memory of its own.</summary>
    public StateMemory<T> Copy() => new(_layout, Elements?.Copy(_layout.RowCount), [.. _shaped.Select(state => state?.Copy(1))]);

    /// <summary>The same with other element-wise states.</summary>
    public StateMemory<T> With(AlignedArray<T> elements) => new(_layout, elements, _shaped);
}
