using System.Buffers.Binary;
using System.Text;

namespace OptDsl.Training.TensorBoard;

/// <summary>
/// TensorFlow's message <c>Event</c> in the encoding of Protocol Buffers: <c>wall_time = 1</c>, <c>step = 2</c>, and one of <c>file_version = 3</c>,
/// <c>summary = 5</c> and <c>session_log = 7</c>. A summary has values (<c>value = 1</c>) with <c>tag = 1</c> and <c>simple_value = 2</c>.
/// </summary>
internal static class EventMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>What a file begins with.</summary>
    public static byte[] Version(double time) => [.. Double(1, time), .. Text(3, "brain.Event:2")];

    /// <summary>Says that what was written of this step and of later ones does not count any more.</summary>
    public static byte[] Restart(double time, long step)
    {
        const long Start = 1;
        return [.. Double(1, time), .. Integer(2, step), .. Message(7, Integer(1, Start))];
    }

    public static byte[] Values(double time, long step, IEnumerable<(string Name, double Value)> values)
    {
        var summary = values.SelectMany(value => Message(1, [.. Text(1, value.Name), .. Single(2, (float)value.Value)]));
        return [.. Double(1, time), .. Integer(2, step), .. Message(5, [.. summary])];
    }

    private static byte[] Tag(int field, int wireType) => Number((ulong)((field << 3) | wireType));

    private static byte[] Integer(int field, long value) => [.. Tag(field, Varint), .. Number((ulong)value)];

    private static byte[] Message(int field, byte[] content) => [.. Tag(field, Bytes), .. Number((ulong)content.Length), .. content];

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Double(int field, double value)
    {
        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return [.. Tag(field, Fixed64), .. bytes];
    }

    private static byte[] Single(int field, float value)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Tag(field, Fixed32), .. bytes];
    }

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that there are more.</summary>
    private static byte[] Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
