using System.Runtime.CompilerServices;
using OptDsl.Kernels;

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
        Elements = Rows<T>(layout.ElementCount, length);
        Halves = Rows<ushort>(layout.BFloat16Count, length);
        Codes = Rows<byte>(layout.Block8Count, length);
        Scales = Rows<float>(layout.Block8Count, BlockCodes.CountOf(length));
        _shaped = new AlignedArray<T>?[states.Count];
        for (var state = 0; state < _shaped.Length; state++)
        {
            if (layout.Has(state) && !states[state].IsOfElements)
                _shaped[state] = new AlignedArray<T>(1, length == 0 ? 0 : Extents.Of(states[state]).Length(shape));
        }
    }

    private StateMemory(StateMemory<T> other, IRowMap map)
    {
        _layout = other._layout;
        Elements = Map(other.Elements, _layout.ElementCount, map);
        Halves = Map(other.Halves, _layout.BFloat16Count, map);
        Codes = Map(other.Codes, _layout.Block8Count, map);
        Scales = Map(other.Scales, _layout.Block8Count, map, BlockFrame.Length);
        _shaped = map is RowCopy ? [.. other._shaped.Select(state => state?.Copy(1))] : other._shaped;
    }

    /// <summary>The element-wise states of the type of the elements, one a row; null where there are none.</summary>
    public AlignedArray<T>? Elements { get; }

    /// <summary>The element-wise states of <see cref="Storage.BFloat16"/>, one a row; null where there are none.</summary>
    public AlignedArray<ushort>? Halves { get; }

    /// <summary>The element-wise states of <see cref="Storage.Block8"/>, one a row; null where there are none.</summary>
    public AlignedArray<byte>? Codes { get; }

    /// <summary>The scales of their blocks.</summary>
    public AlignedArray<float>? Scales { get; }

    /// <summary>The number of bytes of all.</summary>
    public long Bytes =>
        (((long)_layout.ElementCount * (Elements?.Length ?? 0)) + _shaped.Sum(state => (long)(state?.Length ?? 0))) * Unsafe.SizeOf<T>()
        + ((long)_layout.BFloat16Count * (Halves?.Length ?? 0) * sizeof(ushort))
        + ((long)_layout.Block8Count * ((Codes?.Length ?? 0) + ((long)(Scales?.Length ?? 0) * sizeof(float))));

    /// <summary>What a state that exists is in memory.</summary>
    public Storage StorageOf(int state) => _layout.StorageOf(state);

    /// <summary>The memory of a state of <see cref="Storage.BFloat16"/>.</summary>
    public Memory<ushort> HalvesOf(int state) => Halves!.Row(_layout.Row(state));

    /// <summary>The codes of a state of <see cref="Storage.Block8"/>.</summary>
    public Memory<byte> CodesOf(int state) => Codes!.Row(_layout.Row(state));

    /// <summary>The scales of a state of <see cref="Storage.Block8"/>.</summary>
    public Memory<float> ScalesOf(int state) => Scales!.Row(_layout.Row(state));

    /// <summary>The memory of a state that exists, of the type of the elements.</summary>
    public Memory<T> this[int state] => _shaped[state] is { } shaped ? shaped.Row(0) : Elements!.Row(_layout.Row(state));

    /// <summary>The array of a state of another shape than the tensor; null of others, and of one that does not exist.</summary>
    public AlignedArray<T>? Shaped(int state) => _shaped[state];

    /// <summary>The values of a state: its memory where it is of the type of the elements.</summary>
    public Memory<T> Values(int state)
    {
        var values = Offer(state);
        switch (StorageOf(state))
        {
            case Storage.BFloat16:
                BFloat16Bits.Widen(HalvesOf(state).Span, values.Span);
                break;
            case Storage.Block8:
                BlockCodes.Read(CodesOf(state).Span, ScalesOf(state).Span, values.Span);
                break;
        }

        return values;
    }

    /// <summary>Memory to write the values of a state to, which <see cref="Take"/> then takes: its own where it is of the type of the elements.</summary>
    public Memory<T> Offer(int state) => StorageOf(state) switch
    {
        Storage.BFloat16 => new T[Halves!.Length],
        Storage.Block8 => new T[Codes!.Length],
        _ => this[state],
    };

    /// <summary>Gives a state the values of memory that was offered, rounded to the nearest that it can have.</summary>
    public void Take(int state, Memory<T> values)
    {
        switch (StorageOf(state))
        {
            case Storage.BFloat16:
                BFloat16Bits.Narrow<T>(values.Span, HalvesOf(state).Span);
                break;
            case Storage.Block8:
                BlockCodes.Write<T>(values.Span, CodesOf(state).Span, ScalesOf(state).Span, random: null, state);
                break;
        }
    }

    /// <summary>Gives a state the values that it has elsewhere, whatever it is in memory here and there.</summary>
    public void Copy(int state, StateMemory<T> from)
    {
        if (StorageOf(state) == Storage.Element)
        {
            from.Values(state).CopyTo(this[state]);
        }
        else if (StorageOf(state) != from.StorageOf(state))
        {
            Take(state, from.Values(state));
        }
        else if (StorageOf(state) == Storage.BFloat16)
        {
            from.HalvesOf(state).CopyTo(HalvesOf(state));
        }
        else
        {
            from.CodesOf(state).CopyTo(CodesOf(state));
            from.ScalesOf(state).CopyTo(ScalesOf(state));
        }
    }

    /// <summary>The same in memory of its own.</summary>
    public StateMemory<T> Copy() => new(this, default(RowCopy));

    /// <summary>The same with other element-wise states: another part of them.</summary>
    /// <param name="map">Makes rows anew.</param>
    public StateMemory<T> Map(IRowMap map) => new(this, map);

    private static AlignedArray<TRow>? Rows<TRow>(int count, int length)
        where TRow : unmanaged => count > 0 ? new AlignedArray<TRow>(count, length) : null;

    private static AlignedArray<TRow>? Map<TRow>(AlignedArray<TRow>? rows, int count, IRowMap map, int elements = 1)
        where TRow : unmanaged => rows is null ? null : map.Map(rows, count, elements);

    private readonly struct RowCopy : IRowMap
    {
        public AlignedArray<TRow> Map<TRow>(AlignedArray<TRow> rows, int count, int elements)
            where TRow : unmanaged => rows.Copy(count);
    }
}
