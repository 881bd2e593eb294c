namespace OptDsl.Execution;

/// <summary>One pass over the tensors that wait for one another or for their chunks; together with the first, all passes over the others.</summary>
internal sealed class UpdateWorkload<T> : IWorkload
    where T : unmanaged
{
    private readonly TensorStep<T>[] _tensors;
    private readonly TensorStep<T>[] _waiting;
    private readonly TensorGroup<T>[] _groups;
    private readonly WorkItem[] _items;
    private readonly int _pass;

    /// <param name="tensors">The tensors.</param>
    /// <param name="groups">The groups that the pass reduces.</param>
    /// <param name="chunkLength">The number of elements that a thread takes at a time.</param>
    /// <param name="pass">The pass.</param>
    public UpdateWorkload(TensorStep<T>[] tensors, IEnumerable<TensorGroup<T>> groups, int chunkLength, int pass)
    {
        _tensors = tensors;
        _groups = [.. groups];
        _pass = pass;
        _waiting = [.. tensors.Where(tensor => tensor.WaitsBetweenPasses && tensor.PassCount > pass)];
        _items = WorkItem.Cut(
            [.. tensors.Select(tensor => (tensor.WaitsBetweenPasses ? tensor.PassCount : 1) > pass ? tensor.ChunkCount : 0)],
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
        {
            if (_tensors[tensor].WaitsBetweenPasses)
                _tensors[tensor].RunChunk(_pass, chunk: 0);
            else
                _tensors[tensor].RunWhole();
        }
    }

    /// <summary>Runs the pass and combines what it reduced.</summary>
    public void Run(Crew crew, int degree)
    {
        foreach (var tensor in _waiting)
            tensor.BeginPass(_pass);
        crew.Run(this, degree);
        foreach (var tensor in _waiting)
            tensor.CombineChunks(_pass);
        foreach (var group in _groups)
            group.CombineTensors(_pass);
        foreach (var tensor in _waiting)
        {
            if (_pass == tensor.PassCount - 1)
                tensor.BeginPass(tensor.PassCount);
        }
    }
}
