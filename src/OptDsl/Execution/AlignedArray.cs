using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>
/// Equally long rows of elements, zero at first, each starting on a 64-byte boundary. The array is pinned where it is
/// allocated, so that the boundary stays one, and is collected like any other.
/// </summary>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    // Addresses that agree in their last twelve bits make the processor mistake a load for the store of another row.
    private const int AliasDistance = 4096;

    private readonly T[] _elements;
    private readonly int _offset;

    public AlignedArray(int rows, int length)
    {
        Length = length;
        var size = Unsafe.SizeOf<T>();
        var bytes = (((long)length * size) + Alignment - 1) / Alignment * Alignment;
        if (bytes % AliasDistance == 0)
            bytes += Alignment;
        var elements = (bytes / size * rows) + (Alignment / size);
        if (elements > System.Array.MaxLength)
            throw new ArgumentException($"{rows} states of {length} elements are more than one array can hold; split the parameter.");

        Stride = (nint)(bytes / size);
        _elements = GC.AllocateArray<T>((int)elements, pinned: true);
        _offset = OffsetToAlignment(ref MemoryMarshal.GetArrayDataReference(_elements)) / size;
    }

    /// <summary>The length of a row.</summary>
    public int Length { get; }

    /// <summary>The distance in elements from one row to the next.</summary>
    public nint Stride { get; }

    /// <summary>What holds the rows.</summary>
    public T[] Array => _elements;

    /// <summary>The position in <see cref="Array"/> of the first row.</summary>
    public int Offset => _offset;

    /// <summary>The element of the first row at an index.</summary>
    public ref T this[int index] => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_elements), _offset + index);

    public Memory<T> Row(int row) => _elements.AsMemory(_offset + (int)(row * Stride), Length);

    public Span<T> RowSpan(int row) => _elements.AsSpan(_offset + (int)(row * Stride), Length);

    /// <summary>The same rows in memory of their own.</summary>
    public AlignedArray<T> Copy(int rows)
    {
        var copy = new AlignedArray<T>(rows, Length);
        for (var row = 0; row < rows; row++)
            RowSpan(row).CopyTo(copy.RowSpan(row));
        return copy;
    }

    private static unsafe int OffsetToAlignment(ref T first)
    {
        var address = (nuint)Unsafe.AsPointer(ref first);
        return (int)((Alignment - (address % Alignment)) % Alignment);
    }
}
