using System.IO.Compression;
using OptDsl.Samples.Learning;

namespace Quickstart;

/// <summary>Handwritten digits of 8 × 8 pixels (E. Alpaydin and C. Kaynak, UCI, 1998; CC BY 4.0).</summary>
internal static class Digits
{
    public const int Pixels = 64;
    public const int Classes = 10;

    private const int Side = 8;

    /// <summary>
    /// Reads the file and divides it at random: four fifths to train on, each also shifted by a pixel in the four directions,
    /// and one to test on.
    /// </summary>
    public static (Examples Train, Examples Test) Load(RandomSource random)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var features = new List<float>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            features.AddRange(fields.Take(Pixels).Select(field => int.Parse(field) / 16f));
            labels.Add(int.Parse(fields[Pixels]));
        }

        var all = new Examples([.. features], [.. labels]);
        var order = random.NextPermutation(all.Count).AsSpan();
        var trainCount = all.Count * 4 / 5;
        return (WithShifts(all.Rows(order[..trainCount])), all.Rows(order[trainCount..]));
    }

    private static Examples WithShifts(Examples digits)
    {
        (int Right, int Down)[] shifts = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)];
        var shifted = new Examples(new float[shifts.Length * digits.Features.Length], new int[shifts.Length * digits.Count]);
        for (var i = 0; i < shifted.Count; i++)
        {
            var (right, down) = shifts[i / digits.Count];
            var from = digits.Features.AsSpan(i % digits.Count * Pixels, Pixels);
            var to = shifted.Features.AsSpan(i * Pixels, Pixels);
            shifted.Labels[i] = digits.Labels[i % digits.Count];
            for (var pixel = 0; pixel < Pixels; pixel++)
            {
                var (x, y) = (pixel % Side - right, pixel / Side - down);
                to[pixel] = x is >= 0 and < Side && y is >= 0 and < Side ? from[y * Side + x] : 0;
            }
        }

        return shifted;
    }
}
