using System.Buffers.Binary;
using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>A safetensors file with states of PyTorch's optimizers, by parameter: <c>{parameter}.{state}</c>, and <c>{parameter}</c> for its value.</summary>
internal sealed class TorchFile<T>
    where T : unmanaged
{
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, Dictionary<string, string>> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unused;

    /// <param name="stream">The file, after its header.</param>
    /// <param name="header">The header.</param>
    /// <param name="parameters">The names of the parameters, which may have dots as those of states have not.</param>
    public TorchFile(FileStream stream, SafetensorsHeader header, IReadOnlyCollection<string> parameters)
    {
        (_stream, _header) = (stream, header);
        _unused = header.Tensors.Keys.ToHashSet(StringComparer.Ordinal);
        var names = parameters.ToHashSet(StringComparer.Ordinal);
        foreach (var key in header.Tensors.Keys)
        {
            var dot = key.LastIndexOf('.');
            if (names.Contains(key) || dot < 0)
                continue;
            if (!_keys.TryGetValue(key[..dot], out var ofParameter))
                _keys.Add(key[..dot], ofParameter = new Dictionary<string, string>(StringComparer.Ordinal));
            ofParameter.Add(key[(dot + 1)..], key);
        }
    }

    /// <summary>The tensors that nobody has asked for.</summary>
    public IEnumerable<string> Unused => _unused.Order(StringComparer.Ordinal);

    /// <summary>The states of a parameter, by their keys.</summary>
    public IReadOnlyCollection<string> KeysOf(string parameter) => _keys.TryGetValue(parameter, out var keys) ? keys.Values : [];

    /// <summary>The key of a state; null where the file does not have it.</summary>
    public string? KeyOf(string parameter, string state) => _keys.TryGetValue(parameter, out var keys) ? keys.GetValueOrDefault(state) : null;

    /// <summary>Reads the value of a parameter; false where the file does not have it.</summary>
    public bool TryReadValue(Parameter<T> parameter, Memory<T> destination)
    {
        if (!_header.Tensors.ContainsKey(parameter.Name))
            return false;
        ReadElements(parameter.Name, parameter, parameter.Shape, destination, mayBeNegative: true);
        return true;
    }

    /// <summary>Reads a tensor that belongs to a parameter.</summary>
    /// <param name="key">The tensor.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="shape">The shape that the tensor should have; dimensions of 1 count for nothing unless it is the parameter's.</param>
    /// <param name="destination">Receives the elements.</param>
    /// <param name="mayBeNegative">True where they may be.</param>
    /// <param name="start">Where the part begins that is read; null for all.</param>
    /// <exception cref="CheckpointException">It is not, or has other elements, or some that no training can go on from.</exception>
    public void ReadElements(string key, Parameter<T> parameter, IReadOnlyList<int> shape, Memory<T> destination, bool mayBeNegative, int? start = null)
    {
        var entry = Use(key);
        var isBFloat16 = entry.ElementType == SafetensorsTensor<ushort>.BFloat16Type;
        if (entry.ElementType != SafetensorsTensor<T>.ElementTypeName && !isBFloat16)
            throw new CheckpointException(CheckpointFault.OtherElementType, $"The tensor '{key}' has elements of type {entry.ElementType}; parameter '{parameter.Name}' has {SafetensorsTensor<T>.ElementTypeName}. Convert it when exporting.");
        var isLikeParameter = ReferenceEquals(shape, parameter.Shape);
        if (!(isLikeParameter ? entry.Shape : entry.Shape.Where(dimension => dimension != 1)).SequenceEqual(shape.Where(dimension => isLikeParameter || dimension != 1).Select(dimension => (long)dimension)))
        {
            throw new CheckpointException(
                CheckpointFault.OtherShape,
                $"The tensor '{key}' has the shape [{string.Join(" × ", entry.Shape)}] and {(isLikeParameter ? $"parameter '{parameter.Name}'" : $"belongs to one of [{string.Join(" × ", shape)}], a state of parameter '{parameter.Name}'")}{(isLikeParameter ? $" [{string.Join(" × ", parameter.Shape)}]" : "")}.");
        }

        _stream.Position = _header.DataOffset + entry.Begin;
        var elements = destination.Span;
        if (isBFloat16)
        {
            var bits = new ushort[elements.Length];
            new SafetensorsTensor<ushort>(key, shape, bits, start).Read(_stream);
            BFloat16Bits.Widen<T>(bits, elements);
        }
        else
        {
            new SafetensorsTensor<T>(key, shape, destination, start).Read(_stream);
        }

        for (var i = 0; i < elements.Length; i++)
            Check(key, Norms.ToDouble(elements[i]), mayBeNegative);
    }

    /// <summary>Reads a tensor of one number, of whatever type and shape.</summary>
    /// <exception cref="CheckpointException">It has several, or one that no training can go on from.</exception>
    public double ReadNumber(string key, bool mayBeNegative)
    {
        var entry = Use(key);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        if (entry.End - entry.Begin > bytes.Length)
            throw new CheckpointException(CheckpointFault.OtherShape, $"The tensor '{key}' has the shape [{string.Join(" × ", entry.Shape)}]; it should be one number.");
        _stream.Position = _header.DataOffset + entry.Begin;
        _stream.ReadExactly(bytes[..(int)(entry.End - entry.Begin)]);
        double? number = (entry.ElementType, entry.End - entry.Begin) switch
        {
            ("F64", 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            ("F32", 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            ("F16", 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            ("BF16", 2) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16),
            ("I64", 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            ("U64", 8) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            ("I32", 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            ("U32", 4) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            ("I16", 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            ("U16", 2) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            ("I8", 1) => (sbyte)bytes[0],
            ("U8", 1) => bytes[0],
            _ => null,
        };
        return number is { } value
            ? Check(key, value, mayBeNegative)
            : throw new CheckpointException(CheckpointFault.OtherElementType, $"The tensor '{key}' is not one number that can be read: it has elements of type {entry.ElementType} and the shape [{string.Join(" × ", entry.Shape)}].");
    }

    private static double Check(string key, double number, bool mayBeNegative) => double.IsFinite(number) && (mayBeNegative || number >= 0)
        ? number
        : throw new CheckpointException(CheckpointFault.Malformed, FormattableString.Invariant($"The tensor '{key}' holds {number}, from which no training can go on. Export a state from before."));

    private SafetensorsHeader.Entry Use(string key)
    {
        _unused.Remove(key);
        return _header.Tensors[key];
    }
}
