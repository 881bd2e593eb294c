namespace OptDsl.Execution;

/// <summary>
/// The memory of an optimizer for what rules of matrices compute on the way: one set for the tensors that are stepped one by one,
/// and one a thread for those that a thread steps alone. Made for the largest tensor, once.
/// </summary>
internal sealed class ScratchPool<T>
    where T : unmanaged
{
    private readonly Stack<ScratchSet<T>> _free = [];
    private readonly List<ScratchSet<T>> _all = [];

    /// <summary>The set of the tensors that are stepped one by one.</summary>
    public ScratchSet<T> Sequential { get; } = new();

    /// <summary>Makes room for tensors that threads step alone.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="threads">How many threads there are at most.</param>
    public void MakeRoom(IReadOnlyList<TensorStep<T>> tensors, int threads)
    {
        for (var count = Math.Min(threads, tensors.Count); _all.Count < count;)
        {
            _all.Add(new ScratchSet<T>());
            _free.Push(_all[^1]);
        }

        foreach (var set in _all)
        {
            foreach (var tensor in tensors)
                tensor.MakeRoom(set);
        }
    }

    /// <summary>A set that nobody uses.</summary>
    public ScratchSet<T> Rent()
    {
        lock (_free)
            return _free.Pop();
    }

    /// <summary>Gives a set back.</summary>
    public void Return(ScratchSet<T> set)
    {
        lock (_free)
            _free.Push(set);
    }
}
