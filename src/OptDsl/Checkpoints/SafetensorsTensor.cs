using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OptDsl.Checkpoints;

/// <summary>A tensor of a file together with the memory that it is written from or read into.</summary>
internal abstract class SafetensorsTensor(string name, IReadOnlyList<int> shape)
{
    public string Name { get; } = name;

    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>The format's name of the element type.</summary>
    public abstract string ElementType { get; }

    public abstract int ElementSize { get; }

    public abstract long ByteLength { get; }

    /// <summary>Writes the elements at the position of a stream.</summary>
    public abstract void Write(Stream stream, IncrementalHash hash);

    /// <summary>Reads the elements at the position of a stream.</summary>
    public abstract void Read(Stream stream);
}

/// <inheritdoc cref="SafetensorsTensor"/>
internal sealed class SafetensorsTensor<T>(string name, IReadOnlyList<int> shape, Memory<T> elements) : SafetensorsTensor(name, shape)
    where T : unmanaged
{
    // Spans of bytes are limited to 2 GiB.
    private const int ElementsAtATime = 1 << 20;

    public override string ElementType => ElementTypeName;

    public static string ElementTypeName => typeof(T) == typeof(float) ? "F32" : "F64";

    public override int ElementSize => Unsafe.SizeOf<T>();

    public override long ByteLength => (long)elements.Length * ElementSize;

    public override void Write(Stream stream, IncrementalHash hash)
    {
        for (var rest = (ReadOnlySpan<T>)elements.Span; !rest.IsEmpty; rest = rest[Math.Min(ElementsAtATime, rest.Length)..])
        {
            var bytes = MemoryMarshal.AsBytes(rest[..Math.Min(ElementsAtATime, rest.Length)]);
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    public override void Read(Stream stream)
    {
        for (var rest = elements.Span; !rest.IsEmpty; rest = rest[Math.Min(ElementsAtATime, rest.Length)..])
            stream.ReadExactly(MemoryMarshal.AsBytes(rest[..Math.Min(ElementsAtATime, rest.Length)]));
    }
}
