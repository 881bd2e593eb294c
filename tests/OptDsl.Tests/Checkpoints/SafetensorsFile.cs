using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OptDsl.Tests.Checkpoints;

/// <summary>Files in the safetensors format, read and written without the library: by the format's description alone.</summary>
internal static class SafetensorsFile
{
    /// <summary>Writes a header as it is given, and data.</summary>
    public static void WriteRaw(string path, string header, byte[] data, long? headerLength = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, headerLength ?? json.Length);
        File.WriteAllBytes(path, [.. prefix, .. json, .. data]);
    }

    /// <summary>Writes tensors, as other programs do.</summary>
    public static void Write(string path, params IEnumerable<(string Name, int[] Shape, Array Elements)> tensors)
    {
        var entries = new List<string>();
        var data = new List<byte>();
        foreach (var (name, shape, elements) in tensors)
        {
            var bytes = BytesOf(elements, out var type);
            entries.Add($$"""{{JsonSerializer.Serialize(name)}}:{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{data.Count}},{{data.Count + bytes.Length}}]}""");
            data.AddRange(bytes);
        }

        WriteRaw(path, $"{{{string.Join(',', entries)}}}", [.. data]);
    }

    /// <summary>Reads the header, and checks all that the reference reader checks.</summary>
    public static (JsonElement Header, byte[] Data) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.True(length % 8 == 0, "The data is not aligned.");
        Assert.Equal((byte)'{', bytes[8]);
        var header = JsonSerializer.Deserialize<JsonElement>(bytes.AsSpan(8, (int)length));
        var data = bytes[(8 + (int)length)..];
        var end = 0L;
        foreach (var tensor in header.EnumerateObject().Where(property => property.Name != "__metadata__").OrderBy(property => property.Value.GetProperty("data_offsets")[0].GetInt64()))
        {
            var offsets = tensor.Value.GetProperty("data_offsets");
            Assert.Equal(end, offsets[0].GetInt64());
            end = offsets[1].GetInt64();
            var size = tensor.Value.GetProperty("dtype").GetString() switch { "F32" => 4, "BF16" => 2, _ => 8 };
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Aggregate(1L, (count, dimension) => count * dimension.GetInt64()) * size, end - offsets[0].GetInt64());
            Assert.Equal(0, offsets[0].GetInt64() % size);
        }

        Assert.Equal(data.Length, end);
        Assert.All(header.GetProperty("__metadata__").EnumerateObject(), property => Assert.Equal(JsonValueKind.String, property.Value.ValueKind));
        return (header, data);
    }

    /// <summary>The elements of a tensor.</summary>
    public static T[] Elements<T>((JsonElement Header, byte[] Data) file, string name)
        where T : unmanaged
    {
        var offsets = file.Header.GetProperty(name).GetProperty("data_offsets");
        return MemoryMarshal.Cast<byte, T>(file.Data.AsSpan(offsets[0].GetInt32()..offsets[1].GetInt32())).ToArray();
    }

    private static byte[] BytesOf(Array elements, out string type)
    {
        (type, var bytes) = elements switch
        {
            float[] floats => ("F32", MemoryMarshal.AsBytes<float>(floats).ToArray()),
            double[] doubles => ("F64", MemoryMarshal.AsBytes<double>(doubles).ToArray()),
            long[] longs => ("I64", MemoryMarshal.AsBytes<long>(longs).ToArray()),
            Half[] halves => ("F16", MemoryMarshal.AsBytes<Half>(halves).ToArray()),
            ushort[] upperHalves when elements.GetType() == typeof(ushort[]) => ("BF16", MemoryMarshal.AsBytes<ushort>(upperHalves).ToArray()),
            int[] ints => ("I32", MemoryMarshal.AsBytes<int>(ints).ToArray()),
            short[] shorts => ("I16", MemoryMarshal.AsBytes<short>(shorts).ToArray()),
            byte[] octets => ("U8", octets),
            _ => throw new ArgumentException("Unknown element type.", nameof(elements)),
        };
        return bytes;
    }
}
