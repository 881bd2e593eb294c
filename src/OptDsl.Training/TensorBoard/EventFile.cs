using System.Buffers.Binary;
using System.Numerics;

namespace OptDsl.Training.TensorBoard;

/// <summary>
/// Records as TensorFlow frames them: the length (8 bytes), its checksum (4), the bytes, their checksum (4), all of them little-endian. The checksum is the
/// CRC-32C, rotated and shifted so that one over data that has checksums in it stays good.
/// </summary>
internal sealed class EventFile(string path) : IDisposable
{
    private readonly FileStream _stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    public void Write(ReadOnlySpan<byte> message)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Checksum(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Checksum(message));
        _stream.Write(head);
        _stream.Write(message);
        _stream.Write(tail);
        _stream.Flush();
    }

    public void Dispose() => _stream.Dispose();

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
