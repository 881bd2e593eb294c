using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace OptDsl.Checkpoints;

/// <summary>
/// A file in the safetensors format, with a <see cref="Checksum"/> in the metadata: the header, then the tensors, the widest elements first so
/// that all of them are aligned.
/// </summary>
internal sealed class SafetensorsLayout
{
    private const int Alignment = sizeof(long);
    private const int BufferLength = 1 << 20;

    private readonly SafetensorsTensor[] _tensors;
    private readonly byte[] _header;

    public SafetensorsLayout(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<SafetensorsTensor> tensors)
    {
        _tensors = [.. tensors.OrderByDescending(tensor => tensor.ElementSize)];
        _header = Header(metadata, _tensors);
    }

    private long DataOffset => sizeof(long) + _header.Length;

    /// <summary>Writes the file, of which all is here, from the position of a stream on.</summary>
    public void Write(Stream stream)
    {
        var start = stream.Position;
        WriteHeader(stream);
        using var hash = Checksum.Begin(_header);
        foreach (var tensor in _tensors)
            tensor.Write(stream, hash);
        WriteChecksum(stream, start, Checksum.DigitsOf(hash));
    }

    /// <summary>Writes the header, with a place for the checksum.</summary>
    public void WriteHeader(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, _header.Length);
        stream.Write(length);
        stream.Write(_header);
    }

    /// <summary>Writes what is here of the tensors, of which several processes have parts.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lead">True for the process that writes what all have.</param>
    public void WriteParts(SafeFileHandle file, bool lead)
    {
        var offset = DataOffset;
        foreach (var tensor in _tensors)
        {
            if (tensor.IsPart || lead)
                tensor.WritePart(file, offset);
            offset += tensor.ByteLength;
        }
    }

    /// <summary>Reads what has been written, and fills the checksum in.</summary>
    public void WriteChecksum(Stream stream)
    {
        using var hash = Checksum.Begin(_header);
        stream.Position = DataOffset;
        var buffer = new byte[BufferLength];
        for (var rest = _tensors.Sum(tensor => tensor.ByteLength); rest > 0;)
        {
            var some = buffer.AsSpan(0, (int)Math.Min(rest, buffer.Length));
            stream.ReadExactly(some);
            hash.AppendData(some);
            rest -= some.Length;
        }

        WriteChecksum(stream, 0, Checksum.DigitsOf(hash));
    }

    private static void WriteChecksum(Stream stream, long start, byte[] digits)
    {
        var end = stream.Position;
        stream.Position = start + sizeof(long) + Checksum.Position;
        stream.Write(digits);
        stream.Position = end;
    }

    private static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, SafetensorsTensor[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            json.WriteString(Checksum.Key, Checksum.Placeholder);
            foreach (var (key, value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        if (buffer.WrittenCount > SafetensorsHeader.MaxLength - Alignment)
            throw new InvalidOperationException($"The names and shapes take {buffer.WrittenCount} bytes; the format allows {SafetensorsHeader.MaxLength}. Use shorter names, or fewer parameters.");
        var header = new byte[(buffer.WrittenCount + Alignment - 1) / Alignment * Alignment];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.ElementType);
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
