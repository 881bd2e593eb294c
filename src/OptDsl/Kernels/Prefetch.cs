using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Kernels;

/// <summary>
/// Elements that will be read soon, which the processor is told of bit by bit: it finds streams by itself, but not what comes after a pause, and
/// takes only so many requests at a time.
/// </summary>
internal unsafe struct Prefetch
{
    private const int Line = 64;

    // An address that has moved is no fault: nothing is read through it.
    private byte* _next;
    private byte* _end;

    /// <summary>Elements.</summary>
    public static Prefetch Of<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(elements));
        return new Prefetch { _next = first, _end = first + ((nint)elements.Length * sizeof(T)) };
    }

    /// <summary>Tells of the next bytes.</summary>
    public void Advance(int bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (var end = Math.Min((nuint)_next + (nuint)bytes, (nuint)_end); (nuint)_next < end; _next += Line)
            Sse.Prefetch1(_next);
    }
}
