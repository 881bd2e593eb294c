using System.Runtime.InteropServices;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Native;

/// <summary>The C contestants, called without the runtime's transition as a hot loop would.</summary>
internal sealed unsafe class NativeSteps(string library) : IDisposable
{
    private readonly nint _handle = NativeLibrary.Load(library);

    /// <summary>The step of a function.</summary>
    public SliceStep Step(string function, double[] hypers)
    {
        var pointer = NativeLibrary.GetExport(_handle, function);
        return (tensors, start, count, step) =>
        {
            var call = (delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, float*, float*, float*, nint, double*, nint, void>)pointer;
            fixed (double* h = hypers)
            {
                call(
                    tensors.Pointer(0, start), tensors.Pointer(1, start), tensors.Pointer(2, start), tensors.Pointer(3, start), tensors.Pointer(4, start),
                    count, h, (nint)step);
            }
        };
    }

    public void Dispose()
    {
        NativeLibrary.Free(_handle);
        Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
    }
}
