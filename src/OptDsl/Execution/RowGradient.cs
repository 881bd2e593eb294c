using System.Numerics;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>The gradient of some rows: each row once, in their order, with what was given for it added up in the order in which it was given.</summary>
internal sealed class RowGradient<T>(Parameter<T> parameter)
    where T : unmanaged
{
    private long[] _order = [];
    private int[] _rows = [];
    private T[] _elements = [];

    /// <summary>The number of elements of a row.</summary>
    public int RowLength { get; } = parameter.Length / parameter.RowCount;

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The gradients of the rows.</summary>
    public Span<T> Elements => _elements.AsSpan(0, Count * RowLength);

    /// <summary>A row before it is updated, for measurements.</summary>
    public T[] Before { get; } = new T[parameter.Length / parameter.RowCount];

    private int Count { get; set; }

    /// <summary>Reads the rows that the parameter has now. Allocates only where there are more than ever before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void Gather()
    {
        var given = parameter.Rows;
        if (_order.Length < given.Length)
            (_order, _rows, _elements) = (new long[given.Length], new int[given.Length], new T[(long)given.Length * RowLength]);
        for (var i = 0; i < given.Length; i++)
        {
            if ((uint)given[i] >= (uint)parameter.RowCount)
                throw new ArgumentOutOfRangeException("rows", given[i], $"Parameter '{parameter.Name}' has {parameter.RowCount} rows, and a gradient of row {given[i]}.");
            _order[i] = ((long)given[i] << 32) | (uint)i;
        }

        // The position breaks ties, so that equal rows stay in the order in which they were given.
        var order = _order.AsSpan(0, given.Length);
        order.Sort();
        Count = 0;
        var gradient = parameter.GradientMemory.Span;
        foreach (var key in order)
        {
            var row = (int)(key >> 32);
            var source = gradient.Slice((int)(uint)key * RowLength, RowLength);
            if (Count > 0 && _rows[Count - 1] == row)
            {
                Add(_elements.AsSpan((Count - 1) * RowLength, RowLength), source);
                continue;
            }

            source.CopyTo(_elements.AsSpan(Count * RowLength));
            _rows[Count++] = row;
        }
    }

    /// <summary>Makes of the rows of all ranks one gradient: each row once, the sum over the ranks in their order, in double, divided and rounded once.</summary>
    public void Combine(IPeers<T> peers)
    {
        if (peers.Size == 1)
            return;
        var ends = new int[peers.Size];
        ends[peers.Rank] = Count;
        peers.Complete(ends.AsSpan(), [.. Enumerable.Range(1, peers.Size)]);
        for (var rank = 1; rank < ends.Length; rank++)
            ends[rank] = checked(ends[rank] + ends[rank - 1]);
        var start = peers.Rank == 0 ? 0 : ends[peers.Rank - 1];
        var (rows, elements) = (new int[ends[^1]], new T[(long)ends[^1] * RowLength]);
        Rows.CopyTo(rows.AsSpan(start));
        Elements.CopyTo(elements.AsSpan(start * RowLength));
        peers.Complete(rows.AsSpan(), ends);
        peers.Complete(elements.AsSpan(), [.. ends.Select(end => end * RowLength)]);

        var positions = rows.Index().GroupBy(row => row.Item, row => row.Index).OrderBy(row => row.Key).ToList();
        (_rows, _elements, Count) = ([.. positions.Select(row => row.Key)], new T[(long)positions.Count * RowLength], positions.Count);
        foreach (var (index, row) in positions.Index())
            RankSum.Divide<T>([.. row.Select(position => (ReadOnlyMemory<T>)elements.AsMemory(position * RowLength, RowLength))], peers.Divisor, _elements.AsSpan(index * RowLength, RowLength));
    }

    /// <summary>Gives all ranks the rows of the parameter that each has stepped.</summary>
    public void Spread(int[] ends, IPeers<T> peers)
    {
        var value = parameter.Value.Span;
        var stepped = new T[(long)Count * RowLength];
        for (var i = 0; i < Count; i++)
            value.Slice(_rows[i] * RowLength, RowLength).CopyTo(stepped.AsSpan(i * RowLength));
        var rows = _rows;
        peers.Complete(stepped.AsSpan(), [.. ends.Select(end => RowLength * rows.Take(Count).Count(row => row * RowLength < end))]);
        for (var i = 0; i < Count; i++)
            stepped.AsSpan(i * RowLength, RowLength).CopyTo(value.Slice(_rows[i] * RowLength, RowLength));
    }

    private static void Add(Span<T> sum, ReadOnlySpan<T> summand)
    {
        if (typeof(T) == typeof(float))
            AddTo(MemoryMarshal.Cast<T, float>(sum), MemoryMarshal.Cast<T, float>(summand));
        else
            AddTo(MemoryMarshal.Cast<T, double>(sum), MemoryMarshal.Cast<T, double>(summand));
    }

    private static void AddTo<TNumber>(Span<TNumber> sum, ReadOnlySpan<TNumber> summand)
        where TNumber : struct, INumberBase<TNumber>
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += summand[i];
    }
}
