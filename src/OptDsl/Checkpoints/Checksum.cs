using System.Security.Cryptography;
using System.Text;

namespace OptDsl.Checkpoints;

/// <summary>
/// The checksum of a file: SHA-256 over header and data, with zeros in the place of the checksum itself. It is the first thing
/// in the header, so that it can be found, and filled in, without reading JSON.
/// </summary>
internal static class Checksum
{
    public const string Key = "checksum";

    private const string Algorithm = "sha256:";
    private const int Digits = 2 * SHA256.HashSizeInBytes;
    private const int BufferLength = 1 << 16;

    private static readonly byte[] s_prefix = Encoding.UTF8.GetBytes($$"""{"{{SafetensorsHeader.MetadataKey}}":{"{{Key}}":"{{Algorithm}}""");

    /// <summary>The value to write before the checksum is known.</summary>
    public static string Placeholder { get; } = Algorithm + new string('0', Digits);

    /// <summary>The position of the checksum's digits in the header.</summary>
    public static int Position => s_prefix.Length;

    /// <summary>A hash that has seen the header.</summary>
    public static IncrementalHash Begin(ReadOnlySpan<byte> header)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var zeros = new byte[Digits];
        zeros.AsSpan().Fill((byte)'0');
        hash.AppendData(header[..Position]);
        hash.AppendData(zeros);
        hash.AppendData(header[(Position + Digits)..]);
        return hash;
    }

    /// <summary>The digits of a hash that has seen everything.</summary>
    public static byte[] DigitsOf(IncrementalHash hash) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));

    /// <summary>Reads the data of a file.</summary>
    /// <returns>True where the checksum is right.</returns>
    public static bool Verify(SafetensorsHeader header, Stream stream)
    {
        if (!header.Bytes.AsSpan().StartsWith(s_prefix) || header.Bytes.Length < Position + Digits)
            return false;
        using var hash = Begin(header.Bytes);
        stream.Position = header.DataOffset;
        var buffer = new byte[BufferLength];
        for (int count; (count = stream.Read(buffer)) > 0;)
            hash.AppendData(buffer.AsSpan(0, count));
        return DigitsOf(hash).AsSpan().SequenceEqual(header.Bytes.AsSpan(Position, Digits));
    }
}
