using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OptDsl.Execution;

namespace OptDsl;

/// <content>The box that the elements are kept in.</content>
public sealed partial class Parameter<T>
{
    /// <summary>
    /// The smallest value of each element, and no limit where empty or null. After every step that updates the parameter, elements below are
    /// set to it: the rule's step is projected onto the box. Averages and slow weights follow what is inside.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are not as many limits as elements, or one is NaN or above <see cref="Upper"/>, or the limits overlap the value in memory.
    /// </exception>
    public Memory<T> Lower
    {
        get;
        set
        {
            CheckBounds(value, Upper, nameof(Lower));
            field = value;
            TellOfChange();
        }
    }

    /// <summary>The largest value of each element, and no limit where empty or null; see <see cref="Lower"/>.</summary>
    /// <exception cref="ArgumentException">
    /// There are not as many limits as elements, or one is NaN or below <see cref="Lower"/>, or the limits overlap the value in memory.
    /// </exception>
    public Memory<T> Upper
    {
        get;
        set
        {
            CheckBounds(Lower, value, nameof(Upper));
            field = value;
            TellOfChange();
        }
    }

    /// <summary>True where elements have limits.</summary>
    internal bool HasLimits => !Lower.IsEmpty || !Upper.IsEmpty;

    /// <summary>A text that differs where the limits do; null without any.</summary>
    internal string? LimitsText => !HasLimits ? null : $"Lower = {Text(Lower)}, Upper = {Text(Upper)}";

    /// <summary>Brings elements into the box.</summary>
    internal void Project(int start, int length)
    {
        var elements = Value.Span.Slice(start, length);
        if (!Lower.IsEmpty)
            Box.Raise<T>(elements, Lower.Span.Slice(start, length));
        if (!Upper.IsEmpty)
            Box.Lower<T>(elements, Upper.Span.Slice(start, length));
    }

    private static string Text(Memory<T> limits) => limits.IsEmpty
        ? "none"
        : $"{limits.Length} limits #{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(limits.Span)).AsSpan(0, 4))}";

    private void CheckBounds(Memory<T> lower, Memory<T> upper, string argument)
    {
        foreach (var bounds in (ReadOnlySpan<Memory<T>>)[lower, upper])
        {
            if (bounds.IsEmpty)
                continue;
            if (bounds.Length != Length)
                throw new ArgumentException($"Parameter '{Name}' has {Length} elements and {bounds.Length} limits; they must be as many.", argument);
            if (bounds.Span.Overlaps(Value.Span))
                throw new ArgumentException($"The value and the limits of parameter '{Name}' overlap in memory; give each its own.", argument);
        }

        for (var i = 0; i < Length; i++)
        {
            var (low, high) = (lower.IsEmpty ? double.NegativeInfinity : Norms.ToDouble(lower.Span[i]), upper.IsEmpty ? double.PositiveInfinity : Norms.ToDouble(upper.Span[i]));
            if (!(low <= high))
                throw new ArgumentException(FormattableString.Invariant($"The limits of parameter '{Name}' at index {i} are {low} and {high}; the lower may not be above the upper."), argument);
        }
    }
}
