using System.Runtime.InteropServices;

namespace OptDsl.Benchmarks.Matrices;

/// <summary>OpenBLAS, where the machine has it: Debian's libopenblas0-pthread.</summary>
internal sealed unsafe class OpenBlas : IDisposable
{
    private const int RowMajor = 101;
    private const int Plain = 111;
    private const int Transposed = 112;

    private readonly nint _handle;
    private readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _single;
    private readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> _double;

    private OpenBlas(nint handle)
    {
        _handle = handle;
        _single = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(handle, "cblas_sgemm");
        _double = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)NativeLibrary.GetExport(handle, "cblas_dgemm");
        ((delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(handle, "openblas_set_num_threads"))(1);
        Core = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(handle, "openblas_get_corename"))()) ?? "unknown";
    }

    /// <summary>The processor that its kernels are for.</summary>
    public string Core { get; }

    /// <summary>The library; null where the machine has none.</summary>
    public static OpenBlas? Load() => NativeLibrary.TryLoad("libopenblas.so.0", out var handle) ? new OpenBlas(handle) : null;

    /// <summary>result = left · right, or left · rightᵀ, of square matrices, on one thread.</summary>
    public void Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, bool isRightTransposed, Span<T> result, int size)
        where T : unmanaged
    {
        fixed (T* a = left, b = right, c = result)
        {
            var transpose = isRightTransposed ? Transposed : Plain;
            if (typeof(T) == typeof(float))
                _single(RowMajor, Plain, transpose, size, size, size, 1, (float*)a, size, (float*)b, size, 0, (float*)c, size);
            else
                _double(RowMajor, Plain, transpose, size, size, size, 1, (double*)a, size, (double*)b, size, 0, (double*)c, size);
        }
    }

    public void Dispose() => NativeLibrary.Free(_handle);
}
