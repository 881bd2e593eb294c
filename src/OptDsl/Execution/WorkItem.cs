namespace OptDsl.Execution;

/// <summary>What a thread does at a time: a chunk of one tensor, or all of several small ones.</summary>
/// <param name="Tensor">The position of the tensor, or of the first of several.</param>
/// <param name="TensorCount">The number of whole tensors; 0 for a chunk.</param>
/// <param name="Chunk">The chunk.</param>
internal readonly record struct WorkItem(int Tensor, int TensorCount, int Chunk)
{
    /// <summary>Cuts tensors into items of about the same size: the chunks first, then the small tensors in batches.</summary>
    /// <param name="chunks">The chunks of each tensor; none for one to leave out.</param>
    /// <param name="lengths">The number of elements of each tensor.</param>
    /// <param name="batchLength">The number of elements that close a batch of small tensors.</param>
    public static WorkItem[] Cut(ReadOnlySpan<ChunkRange> chunks, ReadOnlySpan<int> lengths, int batchLength)
    {
        var items = new List<WorkItem>();
        for (var tensor = 0; tensor < chunks.Length; tensor++)
        {
            for (var chunk = chunks[tensor].First; chunk < chunks[tensor].End && !chunks[tensor].IsWhole; chunk++)
                items.Add(new WorkItem(tensor, 0, chunk));
        }

        var first = 0;
        var elements = 0L;
        for (var tensor = 0; tensor < chunks.Length; tensor++)
        {
            if (chunks[tensor].IsWhole)
            {
                elements += lengths[tensor];
                if (elements < batchLength)
                    continue;
                items.Add(new WorkItem(first, tensor + 1 - first, 0));
            }
            else if (tensor > first)
            {
                items.Add(new WorkItem(first, tensor - first, 0));
            }

            first = tensor + 1;
            elements = 0;
        }

        if (first < chunks.Length)
            items.Add(new WorkItem(first, chunks.Length - first, 0));
        return [.. items];
    }
}

/// <summary>Some chunks of a tensor that follow one another.</summary>
/// <param name="First">The first.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Count">How many the tensor has.</param>
internal readonly record struct ChunkRange(int First, int End, int Count)
{
    /// <summary>True for the one chunk of a tensor that is not cut.</summary>
    public bool IsWhole => Count == 1 && End > First;
}
