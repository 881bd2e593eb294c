using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>Writes files in the safetensors format, with a <see cref="Checksum"/> in the metadata.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = sizeof(long);

    /// <summary>Writes a file: the header, then the tensors, the widest elements first so that all of them are aligned.</summary>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<SafetensorsTensor> tensors)
    {
        SafetensorsTensor[] ordered = [.. tensors.OrderByDescending(tensor => tensor.ElementSize)];
        var header = Header(metadata, ordered);
        using var hash = Checksum.Begin(header);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        var start = stream.Position;
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered)
            tensor.Write(stream, hash);

        var end = stream.Position;
        stream.Position = start + length.Length + Checksum.Position;
        stream.Write(Checksum.DigitsOf(hash));
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
