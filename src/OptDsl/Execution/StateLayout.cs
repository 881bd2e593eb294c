namespace OptDsl.Execution;

/// <summary>Which element-wise states a tensor has, and the row of each in its memory.</summary>
internal sealed class StateLayout
{
    private readonly int[] _rows;

    private StateLayout(int[] rows)
    {
        _rows = rows;
        RowCount = rows.Count(row => row >= 0);
    }

    /// <summary>How many states there are.</summary>
    public int RowCount { get; }

    /// <summary>The row of each state, -1 for one that does not exist; empty where all exist, one after the other.</summary>
    public ReadOnlySpan<int> Rows => RowCount == _rows.Length ? default : _rows;

    /// <summary>A layout of some states.</summary>
    /// <param name="count">How many states the rule declares.</param>
    /// <param name="exists">True for those that exist.</param>
    public static StateLayout Of(int count, Func<int, bool> exists)
    {
        var rows = new int[count];
        var next = 0;
        for (var state = 0; state < count; state++)
            rows[state] = exists(state) ? next++ : -1;
        return new StateLayout(rows);
    }

    /// <summary>True where the same states exist.</summary>
    public bool SameAs(StateLayout other) => _rows.AsSpan().SequenceEqual(other._rows);

    /// <summary>True for a state that exists.</summary>
    public bool Has(int state) => _rows[state] >= 0;

    /// <summary>The row of a state that exists.</summary>
    public int Row(int state) => _rows[state];
}
