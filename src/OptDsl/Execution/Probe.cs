namespace OptDsl.Execution;

/// <summary>What a step measures of a tensor while it passes over it; off unless asked for.</summary>
internal sealed class Probe(int chunkCount)
{
    /// <summary>The number of elements measured at a time: a power of two of blocks.</summary>
    public const int PieceLength = 4 * Norms.BlockLength;

    /// <summary>The measures: the sums of squares of the gradient in memory, of the update, and of the weights after it.</summary>
    public const int Gradient = 0;

    /// <inheritdoc cref="Gradient"/>
    public const int Update = 1;

    /// <inheritdoc cref="Gradient"/>
    public const int Weights = 2;

    /// <summary>The number of measures.</summary>
    public const int MeasureCount = 3;

    private double[] _ofChunks = [];

    /// <summary>True while steps are measured.</summary>
    public bool IsOn
    {
        get;
        set
        {
            field = value;
            if (value && _ofChunks.Length == 0)
            {
                _ofChunks = new double[chunkCount * MeasureCount];
                _ofChunks.AsSpan().Fill(double.NaN);
            }
        }
    }

    /// <summary>Keeps the measures of a chunk.</summary>
    public void Store(int chunk, ReadOnlySpan<double> measures, bool ofFirstPass, bool ofWritePass)
    {
        var stored = _ofChunks.AsSpan(chunk * MeasureCount, MeasureCount);
        if (ofFirstPass)
            stored[Gradient] = measures[Gradient];
        if (ofWritePass)
            measures[Update..].CopyTo(stored[Update..]);
    }

    /// <summary>A measure of the whole tensor; NaN where the rule does not write the parameter in one pass.</summary>
    public double Total(int measure)
    {
        var tree = default(PartialTree);
        for (var chunk = 0; chunk < chunkCount; chunk++)
            tree.Add(_ofChunks[(chunk * MeasureCount) + measure], ReductionKind.Sum);
        return tree.Result(ReductionKind.Sum);
    }
}
