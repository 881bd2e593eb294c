using System.Runtime.CompilerServices;

namespace OptDsl.Execution;

/// <summary>
/// The states of one tensor that are tensors: the element-wise ones in rows of one array for each of their storages, those of other shapes in
/// one each.
/// </summary>
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
        Elements = layout.ElementCount > 0 ? new AlignedArray<T>(layout.ElementCount, length) : null;
        Halves = layout.BFloat16Count > 0 ? new AlignedArray<ushort>(layout.BFloat16Count, length) : null;
        _shaped = new AlignedArray<T>?[states.Count];
        for (var state = 0; state < _shaped.Length; state++)
        {
            if (layout.Has(state) && !states[state].IsOfElements)
                _shaped[state] = new AlignedArray<T>(1, length == 0 ? 0 : Extents.Of(states[state]).Length(shape));
        }
    }

    private StateMemory(StateLayout layout, AlignedArray<T>? elements, AlignedArray<ushort>? halves, AlignedArray<T>?[] shaped) =>
        (_layout, Elements, Halves, _shaped) = (layout, elements, halves, shaped);

    /// <summary>The element-wise states of the type of the elements, one a row; null where there are none.</summary>
    public AlignedArray<T>? Elements { get; }

    /// <summary>The element-wise states of <see cref="Storage.BFloat16"/>, one a row; null where there are none.</summary>
    public AlignedArray<ushort>? Halves { get; }

    /// <summary>The number of bytes of all.</summary>
    public long Bytes =>
        (((long)_layout.ElementCount * (Elements?.Length ?? 0)) + _shaped.Sum(state => (long)(state?.Length ?? 0))) * Unsafe.SizeOf<T>()
        + ((long)_layout.BFloat16Count * (Halves?.Length ?? 0) * sizeof(ushort));

    /// <summary>The memory of a state of <see cref="Storage.BFloat16"/>; null of others.</summary>
    public Memory<ushort>? HalvesOf(int state) => _layout.StorageOf(state) == Storage.BFloat16 ? Halves!.Row(_layout.Row(state)) : (Memory<ushort>?)null;

    /// <summary>The memory of a state that exists, of the type of the elements.</summary>
    public Memory<T> this[int state] => _shaped[state] is { } shaped ? shaped.Row(0) : Elements!.Row(_layout.Row(state));

    /// <summary>The array of a state of another shape than the tensor; null of others, and of one that does not exist.</summary>
    public AlignedArray<T>? Shaped(int state) => _shaped[state];

    /// <summary>The values of a state: its memory where it is of the type of the elements.</summary>
    public Memory<T> Values(int state)
    {
        if (HalvesOf(state) is not { } halves)
            return this[state];
        var values = new T[halves.Length];
        BFloat16Bits.Widen<T>(halves.Span, values);
        return values;
    }

    /// <summary>Memory to write the values of a state to, which <see cref="Take"/> then takes: its own where it is of the type of the elements.</summary>
    public Memory<T> Offer(int state) => HalvesOf(state) is { } halves ? new T[halves.Length] : this[state];

    /// <summary>Gives a state the values of memory that was offered, rounded to the nearest that it can have.</summary>
    public void Take(int state, Memory<T> values)
    {
        if (HalvesOf(state) is { } halves)
            BFloat16Bits.Narrow<T>(values.Span, halves.Span);
    }

    /// <summary>Gives a state the values that it has elsewhere, whatever it is in memory here and there.</summary>
    public void Copy(int state, StateMemory<T> from)
    {
        if (HalvesOf(state) is not { } halves)
            from.Values(state).CopyTo(this[state]);
        else if (from.HalvesOf(state) is { } others)
            others.CopyTo(halves);
        else
            BFloat16Bits.Narrow<T>(from[state].Span, halves.Span);
    }

    /// <summary>The same in memory of its own.</summary>
    public StateMemory<T> Copy() => new(_layout, Elements?.Copy(_layout.ElementCount), Halves?.Copy(_layout.BFloat16Count), [.. _shaped.Select(state => state?.Copy(1))]);

    /// <summary>The same with other element-wise states: another part of them.</summary>
    /// <param name="elements">Makes so many rows anew.</param>
    /// <param name="halves">Makes so many rows anew.</param>
    public StateMemory<T> Map(Func<AlignedArray<T>, int, AlignedArray<T>> elements, Func<AlignedArray<ushort>, int, AlignedArray<ushort>> halves) => new(
        _layout, Elements is null ? null : elements(Elements, _layout.ElementCount), Halves is null ? null : halves(Halves, _layout.BFloat16Count), _shaped);
}
