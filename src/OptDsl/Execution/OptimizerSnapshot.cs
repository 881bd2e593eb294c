using OptDsl.Checkpoints;

namespace OptDsl.Execution;

/// <summary>All that steps change of an optimizer, in memory of its own.</summary>
internal sealed class OptimizerSnapshot<T>
    where T : unmanaged
{
    private readonly List<(SlotImage<T> Image, SavedParameter Saved)> _images;
    private readonly List<double[]> _groupStates;
    private readonly List<long> _updates;
    private readonly Action _restore;

    /// <param name="slots">The parameters.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="averages">The averages.</param>
    /// <param name="withGradients">True to keep what a step that is half accumulated has added up.</param>
    /// <param name="restore">Puts the rest back, once parameters, groups and averages are as they were.</param>
    public OptimizerSnapshot(
        IEnumerable<Slot<T>> slots, IReadOnlyList<ParameterGroup<T>> groups, IReadOnlyList<WeightAverage<T>> averages, bool withGradients, Action restore)
    {
        _images = [.. slots.Select(slot => (SlotImage<T>.Of(slot, averages, withGradients).Copy(), SavedParameter.Of(slot)))];
        _groupStates = [.. groups.Select(group => (double[])[.. group.States])];
        _updates = [.. averages.Select(average => average.Updates)];
        _restore = restore;
        Groups = groups;
        Averages = averages;
    }

    private IReadOnlyList<ParameterGroup<T>> Groups { get; }

    private IReadOnlyList<WeightAverage<T>> Averages { get; }

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        foreach (var (image, saved) in _images)
            image.Commit(saved);
        for (var i = 0; i < Groups.Count; i++)
            Groups[i].States = _groupStates[i];
        for (var i = 0; i < Averages.Count; i++)
        {
            var average = Averages[i];
            average.Restore(_updates[i], from pair in _images from entry in pair.Image.Averages where entry.Average == average select (pair.Image.Slot, entry.Elements));
        }

        _restore();
    }
}
