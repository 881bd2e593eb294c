using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OptDsl.Checkpoints;

/// <summary>A tensor of a file together with the memory that it is written from or read into.</summary>
internal abstract class SafetensorsTensor(string name, IReadOnlyList<int> shape)
{
    public string Name { get; } = name;

    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>The format's name of the element type.</summary>
    public abstract string ElementType { get; }

    public abstract int ElementSize { get; }

    /// <summary>The number of bytes of the whole tensor.</summary>
    public virtual long ByteLength => Shape.Aggregate((long)ElementSize, (product, dimension) => product * dimension);

    /// <summary>True where the memory is a part, and other processes have the others.</summary>
    public virtual bool IsPart => false;

    /// <summary>Writes the elements, all of them, at the position of a stream.</summary>
    public abstract void Write(Stream stream, IncrementalHash hash);

    /// <summary>Writes what is in memory of a tensor that begins at an offset of a file.</summary>
    public virtual void WritePart(SafeFileHandle file, long offset) => throw new NotSupportedException("It is not written by parts.");

    /// <summary>Reads what is in memory of a tensor that begins at the position of a stream.</summary>
    public abstract void Read(Stream stream);
}

/// <inheritdoc cref="SafetensorsTensor"/>
/// <param name="name">The name.</param>
/// <param name="shape">The shape of the whole tensor.</param>
/// <param name="elements">The memory.</param>
/// <param name="start">Where a part begins in the tensor; null where the memory is all of it.</param>
internal sealed class SafetensorsTensor<T>(string name, IReadOnlyList<int> shape, Memory<T> elements, int? start = null) : SafetensorsTensor(name, shape)
    where T : unmanaged
{
    /// <summary>The format's name of bfloat16, which is in memory of <see cref="ushort"/> here.</summary>
    public const string BFloat16Type = "BF16";

    /// <summary>The format's name of bytes.</summary>
    public const string ByteType = "U8";

    // Spans of bytes are limited to 2 GiB.
    private const int ElementsAtATime = 1 << 20;

    public override string ElementType => ElementTypeName;

    public static string ElementTypeName => typeof(T) == typeof(float) ? "F32" : typeof(T) == typeof(ushort) ? BFloat16Type : typeof(T) == typeof(byte) ? ByteType : "F64";

    public override int ElementSize => Unsafe.SizeOf<T>();

    public override bool IsPart => start is not null;

    public override void Write(Stream stream, IncrementalHash hash)
    {
        for (var rest = (ReadOnlySpan<T>)elements.Span; !rest.IsEmpty; rest = rest[Math.Min(ElementsAtATime, rest.Length)..])
        {
            var bytes = MemoryMarshal.AsBytes(rest[..Math.Min(ElementsAtATime, rest.Length)]);
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    public override void WritePart(SafeFileHandle file, long offset)
    {
        offset += (long)(start ?? 0) * ElementSize;
        for (var rest = (ReadOnlySpan<T>)elements.Span; !rest.IsEmpty; rest = rest[Math.Min(ElementsAtATime, rest.Length)..])
        {
            var bytes = MemoryMarshal.AsBytes(rest[..Math.Min(ElementsAtATime, rest.Length)]);
            RandomAccess.Write(file, bytes, offset);
            offset += bytes.Length;
        }
    }

    public override void Read(Stream stream)
    {
        stream.Position += (long)(start ?? 0) * ElementSize;
        for (var rest = elements.Span; !rest.IsEmpty; rest = rest[Math.Min(ElementsAtATime, rest.Length)..])
            stream.ReadExactly(MemoryMarshal.AsBytes(rest[..Math.Min(ElementsAtATime, rest.Length)]));
    }
}
