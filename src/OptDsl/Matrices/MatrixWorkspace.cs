using System.ComponentModel;
using System.Runtime.CompilerServices;
using OptDsl.Execution;

namespace OptDsl.Matrices;

/// <summary>
/// Who computes with matrices, one operation at a time, and the memory for what is on the way: it grows to what the largest
/// matrices need and is used again. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MatrixWorkspace
{
    [ThreadStatic]
    private static MatrixWorkspace? t_ofThread;

    private readonly Crew? _crew;
    private readonly ProductWorkload<float> _singles = new();
    private readonly ProductWorkload<double> _doubles = new();
    private readonly byte[]?[] _buffers = new byte[Enum.GetValues<Buffer>().Length][];

    /// <summary>Memory for the calling thread alone.</summary>
    public MatrixWorkspace()
        : this(null, 1)
    {
    }

    /// <param name="crew">Who helps; not while it runs anything else.</param>
    /// <param name="degree">The largest number of threads, the caller's included.</param>
    internal MatrixWorkspace(Crew? crew, int degree)
    {
        _crew = crew;
        Degree = crew is null ? 1 : degree;
    }

    /// <summary>What memory is for: each may be in use together with the others.</summary>
    internal enum Buffer
    {
        /// <summary>A panel of the right factor of a product.</summary>
        Panel,

        /// <summary>A matrix that an operation works on.</summary>
        First,

        /// <summary>Another.</summary>
        Second,

        /// <summary>Another.</summary>
        Third,

        /// <summary>Another.</summary>
        Fourth,
    }

    /// <summary>The one of this thread, without helpers.</summary>
    public static MatrixWorkspace OfThread => t_ofThread ??= new();

    /// <summary>The largest number of threads.</summary>
    internal int Degree { get; }

    /// <summary>The product that is computed.</summary>
    internal ProductWorkload<T> Product<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.As<ProductWorkload<T>>(_singles) : Unsafe.As<ProductWorkload<T>>(_doubles);

    /// <summary>Runs all items and returns when all are done.</summary>
    internal void Run(IWorkload workload, int degree)
    {
        if (_crew is null || degree == 1)
            workload.Run(0, workload.Count);
        else
            _crew.Run(workload, degree);
    }

    /// <summary>Memory on a 64-byte boundary, until it is rented again; what it holds is undefined.</summary>
    /// <param name="buffer">What it is for.</param>
    /// <param name="length">The number of elements.</param>
    internal Span<T> Rent<T>(Buffer buffer, int length)
        where T : unmanaged => PinnedMemory.Of<T>(ref _buffers[(int)buffer], length);
}
