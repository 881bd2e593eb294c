using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>A number that is the same in every process for the same values, and almost surely another for others.</summary>
internal struct Fingerprint()
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>The number.</summary>
    public ulong Value { get; private set; } = Prime;

    /// <summary>Adds a value.</summary>
    public void Add(ulong value) => Value = ulong.RotateLeft((Value ^ value) * Prime, 29);

    /// <inheritdoc cref="Add(ulong)"/>
    public void Add(long value) => Add((ulong)value);

    /// <inheritdoc cref="Add(ulong)"/>
    public void Add(double value) => Add(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Adds values by their bits, and how many they are.</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Add((long)values.Length);
        while (!values.IsEmpty)
        {
            var some = values[..Math.Min(values.Length, 1 << 20)];
            values = values[some.Length..];
            var bytes = MemoryMarshal.AsBytes(some);
            var words = MemoryMarshal.Cast<byte, ulong>(bytes);
            foreach (var word in words)
                Add(word);
            foreach (var value in bytes[(words.Length * sizeof(ulong))..])
                Add((ulong)value);
        }
    }
}
