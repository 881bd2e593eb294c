namespace OptDsl.Execution;

/// <summary>Tells all ranks what each has reduced over its chunks, so that each combines all of them in the one order.</summary>
/// <param name="tensors">The tensors that are reduced.</param>
/// <param name="turn">The pass's position among those that a step makes.</param>
/// <param name="peers">The ranks.</param>
internal sealed class PartialExchange<T>(TensorStep<T>[] tensors, int turn, IPeers<T> peers)
    where T : unmanaged
{
    private readonly int[] _ends = new int[peers.Size];
    private double[] _partials = [];

    /// <summary>Fills in the partial reductions of the chunks that other ranks have.</summary>
    public void Run()
    {
        var count = 0;
        Array.Clear(_ends);
        foreach (var tensor in tensors)
        {
            if (tensor.PassCount <= turn)
                continue;
            var partials = tensor.PartialsOf(turn);
            if (partials.IsEmpty)
                continue;
            if (_partials.Length < count + partials.Length)
                Array.Resize(ref _partials, Math.Max(2 * _partials.Length, count + partials.Length));
            partials.CopyTo(_partials.AsSpan(count));
            count += partials.Length;
            for (var rank = 0; rank < _ends.Length; rank++)
                _ends[rank] += tensor.ChunksBefore(rank + 1) * (partials.Length / tensor.ChunkCount);
        }

        if (count == 0)
            return;
        peers.Complete(_partials.AsSpan(0, count), _ends);
        count = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.PassCount <= turn)
                continue;
            var partials = tensor.PartialsOf(turn);
            _partials.AsSpan(count, partials.Length).CopyTo(partials);
            count += partials.Length;
        }
    }

    /// <summary>Fills in what was measured of the chunks that other ranks have.</summary>
    public static void CompleteMeasures(TensorStep<T>[] tensors, IPeers<T> peers)
    {
        var measures = new ProbeMeasures[tensors.Sum(tensor => tensor.ChunkCount)];
        var count = 0;
        foreach (var tensor in tensors)
        {
            tensor.Probe.OfChunks.CopyTo(measures.AsSpan(count));
            count += tensor.ChunkCount;
        }

        peers.Complete(measures.AsSpan(), [.. Enumerable.Range(1, peers.Size).Select(rank => tensors.Sum(tensor => tensor.ChunksBefore(rank)))]);
        count = 0;
        foreach (var tensor in tensors)
        {
            measures.AsSpan(count, tensor.ChunkCount).CopyTo(tensor.Probe.OfChunks);
            count += tensor.ChunkCount;
        }
    }
}
