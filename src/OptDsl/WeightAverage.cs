using OptDsl.Execution;

namespace OptDsl;

/// <summary>
/// An average of the weights over the steps of an optimizer, updated inside the step. <see cref="Swap"/> puts it in the place
/// of the weights, for evaluation, and back.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class WeightAverage<T>
    where T : unmanaged
{
    private readonly Optimizer<T> _optimizer;
    private readonly Dictionary<Slot<T>, AlignedArray<T>> _averages = [];
    private double _weight;

    internal WeightAverage(Optimizer<T> optimizer, string name, Averaging averaging)
    {
        _optimizer = optimizer;
        Name = name;
        Averaging = averaging;
    }

    /// <summary>The name, by which checkpoints know it.</summary>
    public string Name { get; }

    /// <summary>How the weights are averaged, and when.</summary>
    public Averaging Averaging { get; }

    /// <summary>How many times the average has been updated.</summary>
    public long Updates { get; private set; }

    /// <summary>True between two calls of <see cref="Swap"/>: the parameters hold the averages.</summary>
    public bool IsSwapped { get; private set; }

    internal bool IsDue { get; private set; }

    /// <summary>The average of a parameter (its weights, while <see cref="IsSwapped"/>).</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <returns>The average, shaped like the parameter; empty before the first update.</returns>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public ReadOnlyMemory<T> Of(string name) =>
        _averages.TryGetValue(_optimizer.SlotOf(name), out var average) ? _optimizer.Complete(_optimizer.SlotOf(name), average.Row(0), $"average '{Name}' of '{name}'") : default;

    /// <summary>Exchanges the weights of all parameters with their averages. The optimizer does not step until they are back.</summary>
    /// <exception cref="InvalidOperationException">There is no average yet, or another average has taken the weights' place.</exception>
    public void Swap()
    {
        if (Updates == 0)
            throw new InvalidOperationException($"The average '{Name}' has not been updated yet; its first update is after step {Averaging.From}.");
        if (!IsSwapped && _optimizer.SwappedAverage is { } other)
            throw new InvalidOperationException($"The average '{other.Name}' is in the place of the weights; swap it back first.");
        _optimizer.ChangeWeights($"Swap of average '{Name}'", Exchange);
        IsSwapped = !IsSwapped;
    }

    private void Exchange()
    {
        foreach (var (slot, average) in _averages)
        {
            var weights = slot.Parameter.Value.Span.Slice(slot.Share.Start, slot.Share.Length);
            var averages = average.RowSpan(0);
            for (var i = 0; i < weights.Length; i++)
                (weights[i], averages[i]) = (averages[i], weights[i]);
        }
    }

    internal AlignedArray<T>? ElementsOf(Slot<T> slot) => _averages.GetValueOrDefault(slot);

    internal void Prepare(long step)
    {
        IsDue = Averaging.IsDueAt(step);
        _weight = Averaging.WeightAt(Updates);
    }

    // A parameter that joins late has an average from its first value on.
    internal void MakeRoom(TensorStep<T>[] tensors)
    {
        if (_averages.Count == tensors.Length)
            return;
        foreach (var tensor in tensors)
        {
            if (_averages.ContainsKey(tensor.Slot))
                continue;
            var share = tensor.Slot.Share;
            var average = new AlignedArray<T>(1, share.Length);
            tensor.Slot.Parameter.Value.Span.Slice(share.Start, share.Length).CopyTo(average.RowSpan(0));
            _averages.Add(tensor.Slot, average);
        }
    }

    internal void Follow(Slot<T> slot, ReadOnlySpan<T> value, int start) =>
        Following.Follow(_averages[slot].RowSpan(0).Slice(start - slot.Share.Start, value.Length), value, _weight);

    internal void Put(Slot<T> slot, AlignedArray<T> average) => _averages[slot] = average;

    internal void Commit()
    {
        if (IsDue)
            Updates++;
    }

    internal void Restore(long updates, IEnumerable<(Slot<T> Slot, AlignedArray<T> Average)> averages)
    {
        Updates = updates;
        _averages.Clear();
        foreach (var (slot, average) in averages)
            _averages.Add(slot, average);
    }
}
