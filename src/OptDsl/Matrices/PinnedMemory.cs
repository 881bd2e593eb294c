using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Matrices;

/// <summary>Memory that is allocated once, pinned, and used again for elements of any type.</summary>
internal static class PinnedMemory
{
    private const int Alignment = 64;

    /// <summary>Elements on a 64-byte boundary; what they hold is undefined.</summary>
    /// <param name="array">The memory, null at first; another where it is too small.</param>
    /// <param name="length">The number of elements.</param>
    public static unsafe Span<T> Of<T>(ref byte[]? array, int length)
        where T : unmanaged
    {
        var bytes = (long)length * Unsafe.SizeOf<T>();
        if (array is null || array.Length - Alignment < bytes)
        {
            if (bytes > Array.MaxLength - Alignment)
                throw new ArgumentException($"A matrix of {length} elements is more than one array can hold; split the parameter.", nameof(length));
            array = GC.AllocateUninitializedArray<byte>((int)bytes + Alignment, pinned: true);
        }

        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        var offset = (int)((Alignment - (address % Alignment)) % Alignment);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref array[offset]), length);
    }
}
