namespace OptDsl.Execution;

/// <summary>
/// One pass over the tensors that wait for one another or for their chunks, each tensor's first, second and so on of those that
/// the step makes; together with the first, all passes over the others.
/// </summary>
internal sealed class UpdateWorkload<T> : IWorkload
    where T : unmanaged
{
    private readonly TensorStep<T>[] _tensors;
    private readonly TensorStep<T>[] _waiting;
    private readonly TensorGroup<T>[] _groups;
    private readonly WorkItem[] _items;
    private readonly int _turn;
    private readonly ScratchPool<T> _scratch;
    private readonly bool _hasOthers;
    private readonly PartialExchange<T>? _exchange;

    // At the position of the first tensor of each.
    private readonly TensorBatch<T>?[] _batches;

    /// <param name="tensors">The tensors.</param>
    /// <param name="groups">The groups that the pass reduces.</param>
    /// <param name="chunkLength">The number of elements that a thread takes at a time.</param>
    /// <param name="turn">The pass's position among those that a step makes; where it reduces groups, steps make all.</param>
    /// <param name="scratch">Memory for what rules of matrices compute on the way.</param>
    /// <param name="peers">The ranks that share the tensors; null where one process has them all.</param>
    public UpdateWorkload(TensorStep<T>[] tensors, IEnumerable<TensorGroup<T>> groups, int chunkLength, int turn, ScratchPool<T> scratch, IPeers<T>? peers)
    {
        _tensors = tensors;
        _groups = [.. groups];
        _turn = turn;
        _scratch = scratch;
        _waiting = [.. tensors.Where(tensor => tensor.WaitsBetweenPasses && tensor.MostPasses > turn)];
        _hasOthers = turn == 0 && _waiting.Length < tensors.Length;
        _items = WorkItem.Cut(
            [.. tensors.Select(tensor => (tensor.WaitsBetweenPasses ? tensor.MostPasses : 1) > turn ? tensor.Chunks : default)],
            [.. tensors.Select(tensor => tensor.Length)],
            chunkLength);
        _batches = turn == 0 ? FindBatches(tensors, _items) : [];
        _exchange = peers is null ? null : new PartialExchange<T>(_waiting, turn, peers);
    }

    public int Count => _items.Length;

    /// <summary>The tensors that may be updated in one call.</summary>
    public IEnumerable<TensorBatch<T>> Batches => _batches.OfType<TensorBatch<T>>();

    /// <summary>Why the pass could not be run to its end, on one of several ranks; null where it was.</summary>
    public Exception? Failure { get; private set; }

    public void Run(int first, int end)
    {
        for (var item = first; item < end;)
        {
            if (_items[item].TensorCount == 0)
                item = RunChunks(item, end);
            else
                RunTensors(_items[item++]);
        }
    }

    /// <summary>Runs the pass and combines what it reduced.</summary>
    public void Run(Crew crew, int degree)
    {
        var isNeeded = _hasOthers;
        foreach (var tensor in _waiting)
        {
            if (!HasTurn(tensor))
                continue;
            tensor.BeginPass(_turn);
            isNeeded = true;
        }

        if (!isNeeded)
            return;
        try
        {
            var hasItems = _hasOthers;
            foreach (var tensor in _waiting)
            {
                if (!HasTurn(tensor))
                    continue;
                if (tensor.IsWhole(_turn))
                    tensor.RunAtOnce(_turn);
                else
                    hasItems = true;
            }

            if (hasItems)
                crew.Run(this, degree);
        }
        catch (Exception exception) when (_exchange is not null)
        {
            // The others go on, and wait for what this rank has to say; then it says this.
            Failure = exception;
        }

        _exchange?.Run();
        foreach (var tensor in _waiting)
        {
            if (HasTurn(tensor))
                tensor.CombineChunks(_turn);
        }

        foreach (var group in _groups)
            group.CombineTensors(_turn);
        foreach (var tensor in _waiting)
        {
            if (_turn == tensor.PassCount - 1)
                tensor.EndStep();
        }
    }

    private bool HasTurn(TensorStep<T> tensor) => tensor.PassCount > _turn;

    private bool HasChunks(TensorStep<T> tensor) => HasTurn(tensor) && !tensor.IsWhole(_turn);

    private void RunTensors(WorkItem item)
    {
        var end = item.Tensor + item.TensorCount;
        for (var i = item.Tensor; i < end;)
        {
            if (_turn == 0 && _batches[i] is { } batch && batch.TryRun())
            {
                i += batch.Count;
                continue;
            }

            var tensor = _tensors[i++];
            if (!tensor.WaitsBetweenPasses)
                tensor.RunWhole(_scratch);
            else if (HasChunks(tensor))
                tensor.RunChunks(_turn, 0, 1);
        }
    }

    private static TensorBatch<T>?[] FindBatches(TensorStep<T>[] tensors, WorkItem[] items)
    {
        var batches = new TensorBatch<T>?[tensors.Length];
        foreach (var (first, count, _) in items)
        {
            for (var (start, end) = (first, first + count); start < first + count; start = end)
            {
                end = start + 1;
                if (!tensors[start].IsUndivided)
                    continue;
                while (end < first + count && tensors[end].IsUndivided && TensorBatch<T>.CanHold(tensors[start], tensors[end]))
                    end++;
                batches[start] = new TensorBatch<T>(tensors[start..end]);
            }
        }

        return batches;
    }

    /// <summary>Runs a chunk and those of the same tensor that follow it.</summary>
    /// <returns>The next item.</returns>
    private int RunChunks(int item, int end)
    {
        var (tensor, _, chunk) = _items[item];
        var next = item + 1;
        while (next < end && _items[next].TensorCount == 0 && _items[next].Tensor == tensor)
            next++;
        if (HasChunks(_tensors[tensor]))
            _tensors[tensor].RunChunks(_turn, chunk, next - item);
        return next;
    }
}
