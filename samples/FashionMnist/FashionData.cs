using System.Buffers.Binary;
using System.IO.Compression;
using OptDsl.Samples.Learning;

namespace FashionMnist;

/// <summary>Reads Fashion-MNIST: 60,000 and 10,000 pictures of clothes, 28 × 28 pixels, in ten classes.</summary>
internal static class FashionData
{
    public const int Pixels = 28 * 28;
    public const int Classes = 10;

    /// <summary>Where Debian's package puts it.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>The files of the data set that a folder does not hold.</summary>
    public static IReadOnlyList<string> Missing(string folder) =>
        [.. new[] { Pictures("train"), Labels("train"), Pictures("t10k"), Labels("t10k") }.Where(file => !File.Exists(Path.Combine(folder, file)))];

    /// <summary>The pictures to train on and to test on.</summary>
    public static (Examples Train, Examples Test) Load(string folder) => (Load(folder, "train"), Load(folder, "t10k"));

    private static string Pictures(string part) => $"{part}-images-idx3-ubyte.gz";

    private static string Labels(string part) => $"{part}-labels-idx1-ubyte.gz";

    private static Examples Load(string folder, string part)
    {
        var pixels = Read(Path.Combine(folder, Pictures(part)), dimensions: 3);
        var labels = Read(Path.Combine(folder, Labels(part)), dimensions: 1);
        return new Examples(Array.ConvertAll(pixels, pixel => pixel / 255f), Array.ConvertAll(labels, label => (int)label));
    }

    /// <summary>The bytes of an IDX file, after a magic number and one length a dimension, all of four bytes.</summary>
    private static byte[] Read(string path, int dimensions)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[4 * (1 + dimensions)];
        stream.ReadExactly(header);
        if (BinaryPrimitives.ReadInt32BigEndian(header) != 0x0800 + dimensions)
            throw new InvalidDataException($"{path} is not an IDX file of bytes with {dimensions} dimensions.");
        var length = 1;
        for (var i = 1; i <= dimensions; i++)
            length *= BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i));
        var content = new byte[length];
        stream.ReadExactly(content);
        return content;
    }
}
