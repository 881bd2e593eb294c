namespace OptDsl.Execution;

/// <summary>One pass over the tensors that are cut into chunks; together with the first, all passes over those that are not.</summary>
internal sealed class UpdateWorkload<T> : IWorkload
    where T : unmanaged
{
    private readonly TensorStep<T>[] _tensors;
    private readonly TensorStep<T>[] _chunked;
    private readonly WorkItem[] _items;
    private readonly int _pass;

    public UpdateWorkload(TensorStep<T>[] tensors, int chunkLength, int pass)
    {
        _tensors = tensors;
        _pass = pass;
        _chunked = [.. tensors.Where(tensor => tensor.ChunkCount > 1 && tensor.PassCount > pass)];
        var whole = pass == 0 ? 1 : 0;
        _items = WorkItem.Cut(
            [.. tensors.Select(tensor => tensor.ChunkCount == 1 ? whole : tensor.PassCount > pass ? tensor.ChunkCount : 0)],
            [.. tensors.Select(tensor => tensor.Length)],
            chunkLength);
    }

    public int Count => _items.Length;

    public void Run(int item)
    {
        var (tensor, tensorCount, chunk) = _items[item];
        if (tensorCount == 0)
        {
            _tensors[tensor].RunChunk(_pass, chunk);
            return;
        }

        for (var end = tensor + tensorCount; tensor < end; tensor++)
            _tensors[tensor].RunWhole();
    }

    /// <summary>Runs the pass and combines what it reduced.</summary>
    public void Run(Crew crew, int degree)
    {
        foreach (var tensor in _chunked)
            tensor.BeginPass(_pass);
        crew.Run(this, degree);
        foreach (var tensor in _chunked)
        {
            tensor.CombineChunks(_pass);
            if (_pass == tensor.PassCount - 1)
                tensor.BeginPass(tensor.PassCount);
        }
    }
}
