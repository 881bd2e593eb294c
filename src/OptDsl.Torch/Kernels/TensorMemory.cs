using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Torch.Kernels;

/// <summary>Memory of torch, which may lie elsewhere at each step: gradients do after <c>zero_grad(set_to_none: true)</c>.</summary>
internal sealed unsafe class TensorMemory<T>(int length) : MemoryManager<T>
    where T : unmanaged
{
    private T* _elements;

    /// <summary>Where the elements lie now.</summary>
    public void MoveTo(Span<byte> bytes)
    {
        if (bytes.Length != (long)length * sizeof(T))
            throw new InvalidOperationException($"A tensor of {length} elements has {bytes.Length / sizeof(T)} now.");
        _elements = (T*)TensorMemory.Address(bytes);
    }

    public override Span<T> GetSpan() => new(_elements, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_elements + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Where torch's tensors lie.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The address of the first byte.</summary>
    public static nint Address(Span<byte> bytes) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
}
