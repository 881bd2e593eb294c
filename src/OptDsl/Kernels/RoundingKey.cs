using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>
/// Where the random bits of a step of a tensor come from: a counter-based generator, so that the bits of an element depend on its place
/// and on nothing that was drawn before. For generated code.
/// </summary>
/// <remarks>
/// <para>
/// SplitMix64's finaliser makes 64 bits of the seed, the tensor and the step; half of them xor an odd multiple of the other half is the
/// origin of two states. Element i then has <c>y = origin + i · 0x9E3779B9</c> and <c>z = (y ^ (y >> 15)) · 0x2C1B3C6D</c>, modulo 2³²: the
/// upper 16 bits of z are for the first of the two states, the lower 16 for the second. Both steps are one to one, so that over many steps
/// of an element the bits are as evenly spread as those of the finaliser; five operations a vector serve two states.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RoundingKey
{
    internal const uint Stride = 0x9E3779B9;
    internal const uint Factor = 0x2C1B3C6D;
    internal const int Shift = 15;

    private readonly uint _low;
    private readonly uint _high;
    private readonly uint _start;

    private RoundingKey(ulong bits, uint start) => (_low, _high, _start) = ((uint)bits, (uint)(bits >> 32), start);

    /// <summary>The key of a step.</summary>
    /// <param name="seed">Another for another tensor.</param>
    /// <param name="step">The step.</param>
    /// <param name="start">The position in the tensor of the element that has index 0.</param>
    public static RoundingKey Of(ulong seed, long step, int start) => unchecked(new(Mix(Mix(seed) + (ulong)step), (uint)start * Stride));

    /// <summary>The key with another element at index 0.</summary>
    /// <param name="start">The position of the element, counted from where this key starts.</param>
    internal RoundingKey From(int start) => unchecked(new(_low | ((ulong)_high << 32), _start + ((uint)start * Stride)));

    /// <summary>True for a state that takes the lower bits.</summary>
    /// <param name="state">Its position among the element-wise states.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TakesLow(int state) => (state & 1) != 0;

    /// <summary>The counter of an element, for a state and the one that it shares bits with.</summary>
    /// <param name="state">The position of the state among the element-wise states.</param>
    /// <param name="index">The element, counted from where the key starts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint At(int state, nuint index) => unchecked((_high ^ (_low * (uint)((state & ~1) + 1))) + _start + ((uint)index * Stride));

    /// <summary>The 16 random bits of an element.</summary>
    /// <param name="counter">Its counter.</param>
    /// <param name="low">True for the lower bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Bits(uint counter, bool low)
    {
        var bits = unchecked((counter ^ (counter >> Shift)) * Factor);
        return low ? bits & 0xFFFF : bits >> 16;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
