namespace OptDsl.Execution;

/// <summary>
/// Reads the gradients before a step, where clipping by norm or a policy for numbers that are not finite needs it: one measure
/// a tensor, combined in a fixed tree.
/// </summary>
internal sealed class GradientScan<T> : IWorkload
    where T : unmanaged
{
    private readonly TensorStep<T>[] _tensors;
    private readonly WorkItem[] _items;
    private readonly int[] _firstChunk;
    private readonly WideSum[] _ofChunks;
    private readonly WideSum[] _ofTensors;
    private readonly CombinationTree<WideSum>[] _treesOfDomains;
    private readonly ReductionKind[] _kindsOfDomains;
    private readonly WideSum[] _ofDomains;
    private readonly IPeers<T>? _peers;
    private readonly int[] _ends = [];
    private readonly long[] _found = [];
    private bool _checksAll;
    private double _scale;

    public GradientScan(TensorStep<T>[] tensors, int chunkLength, IPeers<T>? peers)
    {
        _tensors = tensors;
        _peers = peers;
        _items = WorkItem.Cut([.. tensors.Select(tensor => tensor.Chunks)], [.. tensors.Select(tensor => tensor.Length)], chunkLength);
        _firstChunk = new int[tensors.Length + 1];
        for (var i = 0; i < tensors.Length; i++)
            _firstChunk[i + 1] = _firstChunk[i] + tensors[i].ChunkCount;
        _ofChunks = new WideSum[_firstChunk[^1]];
        _ofTensors = new WideSum[tensors.Length];
        _treesOfDomains = new CombinationTree<WideSum>[tensors.Select(tensor => tensor.ClippingDomain + 1).DefaultIfEmpty(0).Max()];
        _kindsOfDomains = new ReductionKind[_treesOfDomains.Length];
        _ofDomains = new WideSum[_treesOfDomains.Length];
        if (peers is null)
            return;
        _ends = [.. Enumerable.Range(1, peers.Size).Select(rank => tensors.Sum(tensor => tensor.ChunksBefore(rank)))];
        _found = new long[2 * peers.Size];
    }

    public int Count => _items.Length;

    /// <summary>Reads all gradients that need it.</summary>
    /// <param name="crew">Who does it.</param>
    /// <param name="degree">The largest number of threads.</param>
    /// <param name="scale">The factor on the gradients before clipping.</param>
    /// <param name="checksAll">True to check all gradients for numbers that are not finite.</param>
    public void Run(Crew crew, int degree, double scale, bool checksAll)
    {
        _scale = scale;
        _checksAll = checksAll;
        crew.Run(this, degree);
        _peers?.Complete(_ofChunks.AsSpan(), _ends);
        Array.Clear(_treesOfDomains);
        for (var i = 0; i < _tensors.Length; i++)
        {
            var kind = KindOf(_tensors[i]);
            _ofTensors[i] = _tensors[i].ChunkCount == 1 ? _ofChunks[_firstChunk[i]] : Combine(i, kind);

            // All tensors of a domain have the same clipping, and so the same kind of norm.
            ref var domain = ref _treesOfDomains[_tensors[i].ClippingDomain];
            domain.Add(_ofTensors[i], new ByKind(kind));
            _kindsOfDomains[_tensors[i].ClippingDomain] = kind;
        }

        for (var i = 0; i < _treesOfDomains.Length; i++)
            _ofDomains[i] = _treesOfDomains[i].Result(new ByKind(_kindsOfDomains[i]));
    }

    public void Run(int first, int end)
    {
        for (var item = first; item < end; item++)
            Run(item);
    }

    /// <summary>The square of the norm of a tensor's gradient in memory.</summary>
    public WideSum SquaresOf(int tensor) => Squares(KindOf(_tensors[tensor]), _ofTensors[tensor]);

    /// <summary>The square of the norm of all gradients in memory that are clipped together with a tensor's.</summary>
    public WideSum SquaresOfDomain(int tensor) => Squares(KindOf(_tensors[tensor]), _ofDomains[_tensors[tensor].ClippingDomain]);

    /// <summary>The first tensor and element that is infinite or NaN, in memory or once scaled; null where there is none.</summary>
    public (TensorStep<T> Tensor, int Index, double Value)? FindNonFinite()
    {
        // No element is larger than the norm; where that is too large, only the elements tell.
        var largest = Norms.LargestNumber<T>() * (1 - 1e-6);
        for (var i = 0; i < _tensors.Length; i++)
        {
            if (_scale * SquaresOf(i).Root <= largest && _scale <= largest)
                continue;
            if (FindNonFinite(_tensors[i]) is var (index, value))
                return (_tensors[i], index, value);
        }

        return null;
    }

    private (int Index, double Value)? FindNonFinite(TensorStep<T> tensor)
    {
        var index = Norms.FirstNonFinite<T>(tensor.Gradient, _scale);
        (int Index, double Value)? own = index < 0 ? null : (tensor.ElementOf(index), Norms.ToDouble(tensor.Gradient[index]));
        if (_peers is null || tensor.Rows is not null)
            return own;

        // The shares are in the order of the ranks: the first rank that has found one has the first one.
        (_found[2 * _peers.Rank], _found[(2 * _peers.Rank) + 1]) = (own?.Index ?? -1, BitConverter.DoubleToInt64Bits(own?.Value ?? 0));
        _peers.Complete(_found.AsSpan(), [.. Enumerable.Range(1, _peers.Size).Select(rank => 2 * rank)]);
        var first = Enumerable.Range(0, _peers.Size).FirstOrDefault(rank => _found[2 * rank] >= 0, -1);
        return first < 0 ? null : ((int)_found[2 * first], BitConverter.Int64BitsToDouble(_found[(2 * first) + 1]));
    }

    private void Run(int item)
    {
        var (tensor, tensorCount, chunk) = _items[item];
        if (tensorCount == 0)
        {
            _ofChunks[_firstChunk[tensor] + chunk] = Measure(_tensors[tensor], chunk);
            return;
        }

        for (var end = tensor + tensorCount; tensor < end; tensor++)
            _ofChunks[_firstChunk[tensor]] = Measure(_tensors[tensor], 0);
    }

    private WideSum Combine(int tensor, ReductionKind kind)
    {
        var tree = default(CombinationTree<WideSum>);
        for (var chunk = _firstChunk[tensor]; chunk < _firstChunk[tensor + 1]; chunk++)
            tree.Add(_ofChunks[chunk], new ByKind(kind));
        return tree.Result(new ByKind(kind));
    }

    /// <summary>Where nothing is clipped by norm, the largest magnitude tells whether all are finite.</summary>
    private static ReductionKind KindOf(TensorStep<T> tensor) =>
        tensor.Clipping is NormClipping { Norm: GradientNorm.Euclidean } or AdaptiveClipping ? ReductionKind.Sum : ReductionKind.Max;

    private static WideSum Squares(ReductionKind kind, WideSum measure) => kind == ReductionKind.Sum ? measure : WideSum.Square(measure.Value);

    private WideSum Measure(TensorStep<T> tensor, int chunk)
    {
        var (start, length) = tensor.Chunk(chunk);
        var gradient = tensor.Rows is null ? tensor.GradientOf(start, length) : tensor.Gradient;
        return tensor.Clipping switch
        {
            NormClipping { Norm: GradientNorm.Euclidean } => Norms.SumOfSquares<T>(gradient),
            NormClipping => new WideSum(Norms.LargestMagnitude<T>(gradient)),
            AdaptiveClipping adaptive when tensor.UnitScales is { } scales => MeasureUnits(tensor, adaptive, scales, start, gradient),
            AdaptiveClipping => Norms.SumOfSquares<T>(gradient),
            _ => _checksAll ? new WideSum(Norms.LargestMagnitude<T>(gradient)) : default,
        };
    }

    private WideSum MeasureUnits(TensorStep<T> tensor, AdaptiveClipping clipping, double[] scales, int start, ReadOnlySpan<T> gradient)
    {
        var unit = tensor.Units.Length;
        var value = tensor.Slot.Parameter.Value.Span;
        var tree = default(CombinationTree<WideSum>);
        var sum = new ByKind(ReductionKind.Sum);
        for (var i = 0; i < gradient.Length; i += unit)
        {
            var squares = Norms.SumOfSquares(gradient.Slice(i, unit));
            scales[(start + i) / unit] = clipping.Factor(_scale, Norms.SumOfSquares<T>(value.Slice(start + i, unit)), squares);
            tree.Add(squares, sum);
        }

        return tree.Result(sum);
    }
}
