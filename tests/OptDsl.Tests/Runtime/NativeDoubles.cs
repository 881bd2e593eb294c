using System.Buffers;
using System.Runtime.InteropServices;

namespace OptDsl.Tests.Runtime;

/// <summary>Native memory in the way that <see cref="Parameter{T}"/> documents.</summary>
internal sealed unsafe class NativeDoubles(int length) : MemoryManager<double>
{
    private double* _elements = (double*)NativeMemory.AlignedAlloc((nuint)length * sizeof(double), 64);

    public override Span<double> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_elements is null, this);
        return new(_elements, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0) => new(_elements + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(_elements);
        _elements = null;
    }
}
