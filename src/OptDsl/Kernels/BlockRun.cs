using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>
/// A pass over a slice with states of <see cref="Storage.Block8"/>, block by block: the pass reads codes, and writes elements, which become codes
/// when all of their block are there. The places of the states follow it in memory.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 2 * 64)]
internal unsafe struct BlockRun
{
    // A signalling NaN, which no arithmetic gives: the pass has not written the block.
    private const uint Unwritten = 0x7F80_0001;

    // So far ahead memory is asked for, in elements.
    private const int Ahead = 1024;

    private ulong _states;
    private ulong _written;
    private ulong _nearest;
    private RoundingKey _key;
    private nuint _length;
    private nuint _reached;
    private float* _parameter;
    private float* _gradient;

    /// <summary>Makes ready for a slice.</summary>
    /// <param name="states">A bit for each state: set for one of <see cref="Storage.Block8"/>.</param>
    /// <param name="isUniform">True where there are no others.</param>
    /// <param name="written">A bit for each state: set for one that the pass may write.</param>
    /// <param name="nearest">A bit for each state: set for one that is rounded to the nearest.</param>
    /// <param name="key">What decides how the others are rounded, from the slice's first element on.</param>
    /// <param name="length">The number of elements of the slice.</param>
    public void Begin(ulong states, bool isUniform, ulong written, ulong nearest, RoundingKey key, int length)
    {
        (_states, _written, _nearest, _key, _length) = (states, written & states, nearest, key, (nuint)length);
        IsUniform = isUniform;
        _reached = nuint.MaxValue;
        _parameter = _gradient = null;
    }

    /// <summary>Has what is to follow brought near; an address that moves meanwhile is no fault.</summary>
    public void Expect(ref float parameter, ref float gradient)
    {
        _parameter = (float*)Unsafe.AsPointer(ref parameter);
        _gradient = (float*)Unsafe.AsPointer(ref gradient);
    }

    /// <summary>True where all states are <see cref="Storage.Block8"/>.</summary>
    public bool IsUniform { get; private set; }

    /// <summary>True for a state of <see cref="Storage.Block8"/>.</summary>
    public readonly bool Has(int state) => (_states & (1UL << state)) != 0;

    /// <summary>The place of a state.</summary>
    public static BlockPlace* Place(BlockRun* run, int state) => (BlockPlace*)(run + 1) + state;

    /// <summary>Says that the pass goes on from the first element of a block on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void MoveTo(BlockRun* run, nuint index)
    {
        if (index == run->_reached || index >= run->_length)
            return;
        if (index > 0)
            Close(run, index - BlockFrame.Length, BlockFrame.Length);
        run->_reached = index;
        if (run->_parameter is not null)
            run->Prefetch(index + Ahead);
        for (var rest = run->_states; rest != 0; rest &= rest - 1)
        {
            var place = Place(run, BitOperations.TrailingZeroCount(rest));
            var scale = place->Scales[index / BlockFrame.Length];
            (place->Factor, place->Mask) = (MathF.Abs(scale), BlockFrame.MaskOf(scale));
            place->Values[0] = BitConverter.UInt32BitsToSingle(Unwritten);
            if (run->_parameter is not null)
                Kernels.Prefetch.Of<byte>(new(place->Codes + index + Ahead, BlockFrame.Length)).Advance(BlockFrame.Length);
        }
    }

    /// <summary>Writes the last block.</summary>
    public static void End(BlockRun* run)
    {
        if (run->_length > 0)
            Close(run, run->_reached, (int)(run->_length - run->_reached));
    }

    private static void Close(BlockRun* run, nuint start, int length)
    {
        var key = run->_key.From((int)start);
        for (var rest = run->_written; rest != 0; rest &= rest - 1)
        {
            var state = BitOperations.TrailingZeroCount(rest);
            var place = Place(run, state);
            if (*(uint*)place->Values == Unwritten)
                continue;
            BlockCodes.Write<float>(
                new(place->Values, length), new(place->Codes + start, length), new(place->Scales + (start / BlockFrame.Length), 1), (run->_nearest & (1UL << state)) != 0 ? null : key, state);
        }
    }

    private readonly void Prefetch(nuint index)
    {
        if (index >= _length)
            return;
        var length = (int)nuint.Min(_length - index, BlockFrame.Length);
        Kernels.Prefetch.Of<float>(new(_parameter + index, length)).Advance(length * sizeof(float));
        Kernels.Prefetch.Of<float>(new(_gradient + index, length)).Advance(length * sizeof(float));
    }
}
