namespace OptDsl.Samples.Learning;

/// <summary>Labelled examples: rows of features, and the class of each row.</summary>
/// <param name="Features">The features, row by row.</param>
/// <param name="Labels">The class of each row.</param>
public sealed record Examples(float[] Features, int[] Labels)
{
    /// <summary>The number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of features of a row.</summary>
    public int Width => Features.Length / Labels.Length;

    /// <summary>The rows with the given numbers, in that order.</summary>
    public Examples Rows(ReadOnlySpan<int> rows)
    {
        var chosen = new Examples(new float[rows.Length * Width], new int[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            Features.AsSpan(rows[i] * Width, Width).CopyTo(chosen.Features.AsSpan(i * Width));
            chosen.Labels[i] = Labels[rows[i]];
        }

        return chosen;
    }

    /// <summary>All rows in a random order, a batch at a time; what does not fill a batch is left out.</summary>
    public IEnumerable<Examples> Batches(RandomSource random, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(random);
        var order = random.NextPermutation(Count);
        for (var start = 0; start + batchSize <= Count; start += batchSize)
            yield return Rows(order.AsSpan(start, batchSize));
    }
}
