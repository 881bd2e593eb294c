namespace OptDsl.Execution;

/// <summary>Which states a tensor has, of those that are tensors, and the row of each in the memory of the element-wise ones.</summary>
internal sealed class StateLayout
{
    private readonly int[] _rows;
    private readonly bool[] _exists;

    private StateLayout(int[] rows, bool[] exists)
    {
        (_rows, _exists) = (rows, exists);
        RowCount = rows.Count(row => row >= 0);
    }

    /// <summary>How many element-wise states there are.</summary>
    public int RowCount { get; }

    /// <summary>How many states there are.</summary>
    public int StateCount => _exists.Count(exists => exists);

    /// <summary>The row of each state, -1 for one that has none; empty where all have one, one after the other.</summary>
    public ReadOnlySpan<int> Rows => RowCount == _rows.Length ? default : _rows;

    /// <summary>A layout of some states.</summary>
    /// <param name="states">The states that the rule declares.</param>
    /// <param name="exists">True for those that exist.</param>
    public static StateLayout Of(IReadOnlyList<StateDescription> states, Func<int, bool> exists)
    {
        var (rows, there) = (new int[states.Count], new bool[states.Count]);
        var next = 0;
        for (var state = 0; state < rows.Length; state++)
        {
            there[state] = exists(state);
            rows[state] = there[state] && states[state].IsOfElements ? next++ : -1;
        }

        return new StateLayout(rows, there);
    }

    /// <summary>True where the same states exist.</summary>
    public bool SameAs(StateLayout other) => _exists.AsSpan().SequenceEqual(other._exists);

    /// <summary>True for a state that exists.</summary>
    public bool Has(int state) => _exists[state];

    /// <summary>The row of an element-wise state that exists.</summary>
    public int Row(int state) => _rows[state];
}
