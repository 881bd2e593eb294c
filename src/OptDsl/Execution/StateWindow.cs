using System.Numerics;
using System.Runtime.CompilerServices;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// The states of <see cref="Storage.Block8"/> of some neighbouring blocks, as elements, while a pass runs over them: a block can be rounded only
/// when all of its values are there. Each thread has one, which stays in its cache.
/// </summary>
internal sealed class StateWindow<T>
    where T : unmanaged
{
    /// <summary>The number of elements that passes go over at a time, where nothing else asks for more: sums of blocks end with it.</summary>
    public const int Length = 4 * BlockSum.Length;

    [ThreadStatic]
    private static StateWindow<T>? t_window;

    private AlignedArray<T> _rows = new(1, Length);
    private int _count = 1;
    private StateMemory<T> _states = null!;
    private StateLayout _layout = null!;
    private int _start;
    private int _length;
    private Prefetch _parameter;
    private Prefetch _gradient;
    private int _portion;

    /// <summary>That of the thread.</summary>
    public static StateWindow<T> OfThread => t_window ??= new StateWindow<T>();

    /// <summary>The distance in bytes from one state's element to the next state's.</summary>
    public nint Stride => _rows.Stride * Unsafe.SizeOf<T>();

    /// <summary>The first state's element at a position among those that this process steps.</summary>
    public ref byte At(int position) => ref Unsafe.As<T, byte>(ref _rows[position - _start]);

    /// <summary>Where the blocks end that have elements before a position.</summary>
    /// <param name="states">The states.</param>
    /// <param name="end">The position among the elements that this process steps.</param>
    public static int EndOf(StateMemory<T> states, int end) => (int)Math.Min(states.Codes!.Length, (long)BlockCodes.CountOf(end) * BlockFrame.Length);

    /// <summary>Has what is to follow brought near, while codes are written and read.</summary>
    /// <param name="parameter">The next elements of the parameter.</param>
    /// <param name="gradient">Those of the gradient.</param>
    public void Expect(ReadOnlySpan<T> parameter, ReadOnlySpan<T> gradient)
    {
        (_parameter, _gradient) = (Prefetch.Of(parameter), Prefetch.Of(gradient));

        // Each state is written and read meanwhile.
        _portion = Length * Unsafe.SizeOf<T>() / (2 * _layout.Block8Count);
        for (var row = 0; row < _layout.Block8Count; row++)
            Prefetch.Of<byte>(_states.Codes!.RowSpan(row).Slice(_start + _length, parameter.Length)).Advance(Length);
    }

    /// <summary>Reads the blocks that have some elements.</summary>
    /// <param name="states">The states.</param>
    /// <param name="layout">What they are in memory.</param>
    /// <param name="read">A bit for each state: set for one that the pass reads.</param>
    /// <param name="start">The first element, among those that this process steps.</param>
    /// <param name="end">The end of the elements.</param>
    public void Open(StateMemory<T> states, StateLayout layout, ulong read, int start, int end)
    {
        (_states, _layout) = (states, layout);
        _start = start / BlockFrame.Length * BlockFrame.Length;
        _length = EndOf(states, end) - _start;
        if (_rows.Length < _length || _count < layout.Block8Count)
        {
            _count = Math.Max(_count, layout.Block8Count);
            _rows = new AlignedArray<T>(_count, Math.Max(_rows.Length, _length));
        }

        for (var rest = layout.Block8 & read; rest != 0; rest &= rest - 1)
        {
            var row = layout.Row(BitOperations.TrailingZeroCount(rest));
            Advance();
            BlockCodes.Read(CodesOf(row), ScalesOf(row), _rows.RowSpan(row)[.._length]);
        }
    }

    /// <summary>Writes the blocks.</summary>
    /// <param name="written">A bit for each state: set for one that the pass writes.</param>
    /// <param name="nearest">A bit for each state: set for one that is rounded to the nearest.</param>
    /// <param name="key">What decides how the others are rounded, from the first element on that this process steps.</param>
    public void Close(ulong written, ulong nearest, RoundingKey key)
    {
        var random = key.From(_start);
        for (var rest = _layout.Block8 & written; rest != 0; rest &= rest - 1)
        {
            var state = BitOperations.TrailingZeroCount(rest);
            var row = _layout.Row(state);
            Advance();
            BlockCodes.Write<T>(_rows.RowSpan(row)[.._length], CodesOf(row), ScalesOf(row), (nearest & (1UL << state)) != 0 ? null : random, state);
        }
    }

    private void Advance()
    {
        _parameter.Advance(_portion);
        _gradient.Advance(_portion);
    }

    private Span<byte> CodesOf(int row) => _states.Codes!.RowSpan(row).Slice(_start, _length);

    private Span<float> ScalesOf(int row) => _states.Scales!.RowSpan(row).Slice(_start / BlockFrame.Length, BlockCodes.CountOf(_length));
}
