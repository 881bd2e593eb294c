using System.Runtime.InteropServices;

namespace OptDsl.Tests.Runtime;

/// <summary>A fingerprint (FNV-1a) of the bits of numbers.</summary>
internal sealed class Digest
{
    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        foreach (var b in MemoryMarshal.AsBytes(numbers))
            Value = unchecked((Value ^ b) * 1099511628211);
    }
}
