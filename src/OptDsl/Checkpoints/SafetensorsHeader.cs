using System.Buffers.Binary;
using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>
/// The header of a file in the safetensors format: eight bytes with its length, then JSON that tells of each tensor the element
/// type, the shape and the bytes that it takes of the data behind the header; and strings under <c>__metadata__</c>.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The format's limit on headers.</summary>
    public const long MaxLength = 100_000_000;

    public const string MetadataKey = "__metadata__";

    private SafetensorsHeader(byte[] bytes, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, Entry> tensors)
    {
        Bytes = bytes;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The JSON as it is in the file.</summary>
    public byte[] Bytes { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyDictionary<string, Entry> Tensors { get; }

    /// <summary>Where the data starts in the file.</summary>
    public long DataOffset => sizeof(long) + Bytes.Length;

    /// <summary>Reads and verifies a header; allocates no more than the file is long.</summary>
    /// <exception cref="CheckpointException">The header or the length of the file is wrong.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (stream.Length < prefix.Length)
            throw Truncated($"it has {stream.Length} bytes, less than the 8 that every safetensors file begins with");
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
            throw Malformed($"its header claims {length} bytes; the format allows {MaxLength}");
        var rest = stream.Length - prefix.Length;
        if ((long)length > rest)
            throw Truncated($"its header has {length} bytes, but only {rest} follow");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        if (bytes.Length == 0 || bytes[0] != '{')
            throw Malformed("its header does not begin with '{'");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Parse(bytes, document.RootElement, rest - bytes.Length);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Malformed("its header is not the JSON of the format", exception);
        }
    }

    private static SafetensorsHeader Parse(byte[] bytes, JsonElement root, long dataLength)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                foreach (var item in property.Value.EnumerateObject())
                    metadata.Add(item.Name, item.Value.GetString() ?? throw Malformed($"its metadata '{item.Name}' is no text"));
            }
            else
            {
                tensors.Add(property.Name, ParseEntry(property.Name, property.Value));
            }
        }

        VerifyLayout(tensors, dataLength);
        return new SafetensorsHeader(bytes, metadata, tensors);
    }

    private static Entry ParseEntry(string name, JsonElement element)
    {
        var type = element.TryGetProperty("dtype", out var dtype) ? dtype.GetString() : null;
        if (type is null || !element.TryGetProperty("shape", out var shape) || !element.TryGetProperty("data_offsets", out var offsets))
            throw Malformed($"tensor '{name}' lacks its dtype, shape or data_offsets");
        long[] dimensions = [.. shape.EnumerateArray().Select(dimension => dimension.GetInt64())];
        long[] range = [.. offsets.EnumerateArray().Select(offset => offset.GetInt64())];
        if (range.Length != 2 || range[0] < 0 || range[1] < range[0])
            throw Malformed($"tensor '{name}' has no range of bytes");
        if (SizeOf(type) is { } size && CountOf(dimensions) * size != range[1] - range[0])
            throw Malformed($"tensor '{name}' has {range[1] - range[0]} bytes, which its shape and type do not need");
        return new Entry(type, dimensions, range[0], range[1]);
    }

    // The format wants the tensors to fill the data without overlap and without gaps.
    private static void VerifyLayout(Dictionary<string, Entry> tensors, long dataLength)
    {
        var end = 0L;
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (tensor.Begin != end)
                throw Malformed($"tensor '{name}' begins at byte {tensor.Begin} of the data and not at {end}, where the one before it ends");
            end = tensor.End;
        }

        if (end > dataLength)
            throw Truncated($"its tensors need {end} bytes, but only {dataLength} follow the header");
        if (end < dataLength)
            throw Malformed($"{dataLength - end} bytes follow the last tensor");
    }

    private static Int128 CountOf(long[] shape)
    {
        Int128 count = 1;
        foreach (var dimension in shape)
        {
            if (dimension < 0 || (count *= dimension) > long.MaxValue)
                throw Malformed("it has a shape that no tensor can have");
        }

        return count;
    }

    private static int? SizeOf(string elementType) => elementType switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" => 1,
        _ => null,
    };

    private static CheckpointException Truncated(string why) =>
        new(CheckpointFault.Truncated, $"The file is incomplete: {why}. Use an earlier checkpoint.");

    private static CheckpointException Malformed(string why, Exception? inner = null) =>
        new(CheckpointFault.Malformed, $"The file is no safetensors file, or is damaged: {why}.", inner);

    /// <summary>A tensor of the file.</summary>
    /// <param name="ElementType">The format's name of the element type.</param>
    /// <param name="Shape">The dimensions.</param>
    /// <param name="Begin">Its first byte of the data.</param>
    /// <param name="End">The byte after its last.</param>
    public sealed record Entry(string ElementType, IReadOnlyList<long> Shape, long Begin, long End);
}
