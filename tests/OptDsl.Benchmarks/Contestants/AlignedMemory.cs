using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Benchmarks.Contestants;

/// <summary>Floats outside the managed heap that begin at the start of a cache line.</summary>
internal sealed unsafe class AlignedMemory : MemoryManager<float>
{
    private const int Alignment = 64;
    private readonly int _length;

    public AlignedMemory(int length)
    {
        _length = length;
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float) + Alignment, Alignment);
        GetSpan().Clear();
    }

    public float* Pointer { get; private set; }

    public override Span<float> GetSpan() => new(Pointer, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(Unsafe.Add<float>(Pointer, elementIndex));

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
