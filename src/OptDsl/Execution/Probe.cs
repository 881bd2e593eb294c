namespace OptDsl.Execution;

/// <summary>What a step measures of a tensor while it passes over it; off unless asked for.</summary>
internal sealed class Probe(int chunkCount)
{
    /// <summary>The number of elements measured at a time: a power of two of blocks.</summary>
    public const int PieceLength = 4 * Norms.BlockLength;

    private ProbeMeasures[] _ofChunks = [];

    /// <summary>True while steps are measured.</summary>
    public bool IsOn
    {
        get;
        set
        {
            field = value;
            if (value && _ofChunks.Length == 0)
            {
                _ofChunks = new ProbeMeasures[chunkCount];
                _ofChunks.AsSpan().Fill(ProbeMeasures.None);
            }
        }
    }

    /// <summary>The measures of each chunk; those of chunks of other ranks are to be filled in.</summary>
    public Span<ProbeMeasures> OfChunks => _ofChunks;

    /// <summary>Keeps the measures of a chunk.</summary>
    public void Store(int chunk, ProbeMeasures measures, bool ofFirstPass, bool ofWritePass)
    {
        ref var stored = ref _ofChunks[chunk];
        stored = new ProbeMeasures(
            ofFirstPass ? measures.Gradient : stored.Gradient, ofWritePass ? measures.Update : stored.Update, ofWritePass ? measures.Weights : stored.Weights);
    }

    /// <summary>The measures of the whole tensor; NaN for the update where the rule does not write the parameter in one pass.</summary>
    public ProbeMeasures Total
    {
        get
        {
            var trees = default(ProbeTrees);
            foreach (var measures in _ofChunks)
                trees.Add(measures);
            return trees.Results;
        }
    }
}

/// <summary>The sums of squares of the gradient in memory, of the update, and of the weights after it.</summary>
internal readonly record struct ProbeMeasures(WideSum Gradient, WideSum Update, WideSum Weights)
{
    /// <summary>Nothing was measured.</summary>
    public static ProbeMeasures None { get; } = new(new WideSum(double.NaN), new WideSum(double.NaN), new WideSum(double.NaN));
}

/// <summary>Measures in the fixed tree of <see cref="CombinationTree{TValue}"/>.</summary>
internal struct ProbeTrees
{
    private CombinationTree<WideSum> _gradient;
    private CombinationTree<WideSum> _update;
    private CombinationTree<WideSum> _weights;

    public readonly ProbeMeasures Results => new(
        _gradient.Result(new ByKind(ReductionKind.Sum)), _update.Result(new ByKind(ReductionKind.Sum)), _weights.Result(new ByKind(ReductionKind.Sum)));

    public void Add(ProbeMeasures measures)
    {
        _gradient.Add(measures.Gradient, new ByKind(ReductionKind.Sum));
        _update.Add(measures.Update, new ByKind(ReductionKind.Sum));
        _weights.Add(measures.Weights, new ByKind(ReductionKind.Sum));
    }
}
