namespace OptDsl.Execution;

/// <summary>What a step does with the weights right after it wrote them, while they are in the cache: limits, then lookahead, then averages.</summary>
internal sealed class Epilogue<T>
    where T : unmanaged
{
    private readonly WeightAverage<T>[] _averages;
    private double? _slowWeight;

    public Epilogue(IEnumerable<WeightAverage<T>> averages) => _averages = [.. averages];

    /// <summary>True where tensors that rest, frozen or without gradient, are concerned too.</summary>
    public bool ConcernsResting => _averages.Length > 0;

    /// <summary>True while nothing follows the update of a slice.</summary>
    public bool IsIdle => _slowWeight is null && _averages.Length == 0;

    /// <summary>True where slow weights take the place of the weights in this step.</summary>
    public bool ReplacesWeights => _slowWeight is not null;

    /// <summary>Prepares for a step: decides what is due, and makes room.</summary>
    public void Prepare(long step, Lookahead? lookahead, TensorStep<T>[] tensors)
    {
        var follows = lookahead is not null && step % lookahead.Every == 0;
        _slowWeight = follows ? lookahead!.Weight : null;
        if (lookahead is not null && (follows || !lookahead.StartsAtFirstSync))
            StartSlowWeights(tensors, fromNow: !lookahead.StartsAtFirstSync);
        foreach (var average in _averages)
        {
            average.Prepare(step);
            if (average.IsDue)
                average.MakeRoom(tensors);
        }
    }

    /// <summary>Follows the weights of a slice.</summary>
    public void Run(Slot<T> slot, int start, int length)
    {
        if (slot.TakesPart)
            slot.Parameter.Project(start, length);
        if (IsIdle)
            return;
        var value = slot.Parameter.Value.Span.Slice(start, length);
        if (_slowWeight is { } weight && slot.Slow is { } slow && slot.TakesPart)
        {
            var slowValue = slow.RowSpan(0).Slice(start - slot.Share.Start, length);
            Following.Follow(slowValue, value, slot.SlowIsFresh ? 1 : weight);
            slowValue.CopyTo(value);

            // Slow weights may have started outside the limits.
            slot.Parameter.Project(start, length);
        }

        foreach (var average in _averages)
        {
            if (average.IsDue)
                average.Follow(slot, value, start);
        }
    }

    /// <summary>Counts the updates of the step that was made.</summary>
    public void Commit(TensorStep<T>[] tensors)
    {
        foreach (var average in _averages)
            average.Commit();
        if (_slowWeight is null)
            return;
        foreach (var tensor in tensors)
        {
            if (tensor.Slot.TakesPart)
                tensor.Slot.SlowIsFresh = false;
        }
    }

    private static void StartSlowWeights(TensorStep<T>[] tensors, bool fromNow)
    {
        foreach (var tensor in tensors)
        {
            var slot = tensor.Slot;
            if (!slot.TakesPart || slot.Slow is not null)
                continue;
            slot.Slow = new AlignedArray<T>(1, slot.Share.Length);
            slot.SlowIsFresh = !fromNow;
            if (fromNow)
                slot.Parameter.Value.Span.Slice(slot.Share.Start, slot.Share.Length).CopyTo(slot.Slow.RowSpan(0));
        }
    }
}
