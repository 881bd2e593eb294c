using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OptDsl.Torch.Tests.Infrastructure;

/// <summary>Writes files as Python's safetensors does.</summary>
internal static class Safetensors
{
    public static void Write(string path, params (string Name, int[] Shape, float[] Elements)[] tensors) => Write(path, [], tensors);

    public static void Write(string path, Dictionary<string, string> metadata, params (string Name, int[] Shape, float[] Elements)[] tensors)
    {
        var entries = new Dictionary<string, object>();
        if (metadata.Count > 0)
            entries.Add("__metadata__", metadata);
        var end = 0;
        foreach (var (name, shape, elements) in tensors)
        {
            entries.Add(name, new { dtype = "F32", shape, data_offsets = new[] { end, end + (elements.Length * sizeof(float)) } });
            end += elements.Length * sizeof(float);
        }

        var header = JsonSerializer.SerializeToUtf8Bytes(entries);
        using var stream = File.Create(path);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, _, elements) in tensors)
            stream.Write(MemoryMarshal.AsBytes(elements.AsSpan()));
    }
}
