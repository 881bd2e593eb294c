namespace OptDsl.Execution;

/// <summary>What a thread does at a time: a chunk of one tensor, or all of several small ones.</summary>
/// <param name="Tensor">The position of the tensor, or of the first of several.</param>
/// <param name="TensorCount">The number of whole tensors; 0 for a chunk.</param>
/// <param name="Chunk">The chunk.</param>
internal readonly record struct WorkItem(int Tensor, int TensorCount, int Chunk)
{
    /// <summary>Cuts tensors into items of about the same size: the chunks first, then the small tensors in batches.</summary>
    /// <param name="chunkCounts">The number of chunks of each tensor; 1 for a tensor that stays whole, 0 for one to leave out.</param>
    /// <param name="lengths">The number of elements of each tensor.</param>
    /// <param name="batchLength">The number of elements that close a batch of small tensors.</param>
    public static WorkItem[] Cut(ReadOnlySpan<int> chunkCounts, ReadOnlySpan<int> lengths, int batchLength)
    {
        var items = new List<WorkItem>();
        for (var tensor = 0; tensor < chunkCounts.Length; tensor++)
        {
            for (var chunk = 0; chunk < chunkCounts[tensor] && chunkCounts[tensor] > 1; chunk++)
                items.Add(new WorkItem(tensor, 0, chunk));
        }

        var first = 0;
        var elements = 0L;
        for (var tensor = 0; tensor < chunkCounts.Length; tensor++)
        {
            if (chunkCounts[tensor] == 1)
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

        if (first < chunkCounts.Length)
            items.Add(new WorkItem(first, chunkCounts.Length - first, 0));
        return [.. items];
    }
}
