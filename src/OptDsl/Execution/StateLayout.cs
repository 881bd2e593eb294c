using System.Numerics;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// Which states a tensor has, of those that are tensors, what the element-wise ones are in memory, and the row of each among those of its kind.
/// </summary>
internal sealed class StateLayout
{
    private readonly int[] _rows;
    private readonly bool[] _exists;
    private readonly ulong _bfloat16;

    private StateLayout(int[] rows, bool[] exists, ulong bfloat16, ulong block8)
    {
        (_rows, _exists, _bfloat16, Block8) = (rows, exists, bfloat16, block8);
        (BFloat16Count, Block8Count) = (BitOperations.PopCount(bfloat16), BitOperations.PopCount(block8));
        ElementCount = rows.Count(row => row >= 0) - BFloat16Count - Block8Count;
    }

    /// <summary>How many element-wise states there are of the type of the elements.</summary>
    public int ElementCount { get; }

    /// <summary>How many element-wise states there are of <see cref="Storage.BFloat16"/>.</summary>
    public int BFloat16Count { get; }

    /// <summary>How many element-wise states there are of <see cref="Storage.Block8"/>.</summary>
    public int Block8Count { get; }

    /// <summary>A bit for each state: set for one that is <see cref="Storage.Block8"/>.</summary>
    public ulong Block8 { get; }

    /// <summary>True where all element-wise states are <see cref="Storage.Block8"/>.</summary>
    public bool IsOfBlocks => ElementCount + BFloat16Count == 0;

    /// <summary>How many states there are.</summary>
    public int StateCount => _exists.Count(exists => exists);

    /// <summary>The row of each state, -1 for one that has none; empty where all have one, one after the other, of the type of the elements.</summary>
    public ReadOnlySpan<int> Rows => ElementCount == _rows.Length ? default : _rows;

    /// <summary>A layout of some states.</summary>
    /// <param name="states">The states that the rule declares.</param>
    /// <param name="exists">True for those that exist.</param>
    /// <param name="storageOf">What each element-wise one is in memory; the type of the elements unless given.</param>
    public static StateLayout Of(IReadOnlyList<StateDescription> states, Func<int, bool> exists, Func<int, Storage>? storageOf = null)
    {
        var (rows, there) = (new int[states.Count], new bool[states.Count]);
        Span<int> counts = [0, 0, 0];
        Span<ulong> masks = [0, 0, 0];
        for (var state = 0; state < rows.Length; state++)
        {
            there[state] = exists(state);
            rows[state] = -1;
            if (!there[state] || !states[state].IsOfElements)
                continue;
            var storage = (int)(storageOf?.Invoke(state) ?? Storage.Element);
            rows[state] = counts[storage]++;
            masks[storage] |= state < StatePacking.MostStates ? 1UL << state : 0;
        }

        return new StateLayout(rows, there, masks[(int)Storage.BFloat16], masks[(int)Storage.Block8]);
    }

    /// <summary>True where the same states exist, and are the same in memory.</summary>
    public bool SameAs(StateLayout other) => _exists.AsSpan().SequenceEqual(other._exists) && _bfloat16 == other._bfloat16 && Block8 == other.Block8;

    /// <summary>True for a state that exists.</summary>
    public bool Has(int state) => _exists[state];

    /// <summary>The row of an element-wise state that exists.</summary>
    public int Row(int state) => _rows[state];

    /// <summary>What a state is in memory.</summary>
    public Storage StorageOf(int state) => Has(_bfloat16, state) ? Storage.BFloat16 : Has(Block8, state) ? Storage.Block8 : Storage.Element;

    /// <summary>How kernels find and round the states in a step of a tensor.</summary>
    /// <param name="nearest">A bit for each state: set for one that is rounded to the nearest.</param>
    /// <param name="key">What decides how the others are rounded.</param>
    public StatePacking Packing(ulong nearest, RoundingKey key) => new(_bfloat16, nearest, ElementCount + Block8Count == 0 && (nearest & _bfloat16) == 0, key);

    private static bool Has(ulong states, int state) => state < StatePacking.MostStates && (states & (1UL << state)) != 0;
}
