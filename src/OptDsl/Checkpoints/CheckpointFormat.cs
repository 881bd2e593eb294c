using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>What checkpoints consist of: the keys of their metadata, and how an optimizer becomes a file.</summary>
internal static class CheckpointFormat
{
    public const string FormatKey = "format";
    public const string Format = "optdsl.checkpoint";
    public const string StateKey = "state";
    private const string StepKey = "step";

    public static void Write<T>(
        Stream stream, SavedState state, IReadOnlyList<ParameterGroup<T>> groups, IReadOnlyList<WeightAverage<T>> averages)
        where T : unmanaged =>
        SafetensorsWriter.Write(
            stream,
            [
                new(FormatKey, Format),
                new(StepKey, state.Step.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new(StateKey, state.ToJson()),
            ],
            groups.SelectMany(group => group.Slots).SelectMany(slot => SlotImage<T>.Of(slot, averages, withGradient: state.Pending > 0).Tensors())
                .Concat(groups.SelectMany((group, index) => new GroupImage(index, group.Shape, group.States).Tensors())));

    /// <summary>A group as a checkpoint tells of it. The hyper-parameters are those of its parameters' last step.</summary>
    public static SavedGroup Describe<T>(ParameterGroup<T> group)
        where T : unmanaged
    {
        var rule = group.Rule.Description;
        var step = LastStepOf(group);
        return new SavedGroup(
            rule.Name,
            rule.Hash,
            rule.Formulas,
            [.. rule.Hypers.Select((hyper, i) => new SavedHyper(hyper.Symbol, hyper.Property, group.Rule.HyperAt(i, step)))],
            [.. group.Slots.Select(slot => new SavedParameter(slot.Parameter.Name, slot.StepsTaken, slot.Frozen, slot.Slow is not null && slot.SlowIsFresh, slot.Parameter.HasGradient, Absent(slot)))]);
    }

    /// <summary>The hyper-parameters that had other values.</summary>
    public static IEnumerable<HyperChange> Changes<T>(SavedGroup saved, IReadOnlyDictionary<string, Slot<T>> slots)
        where T : unmanaged
    {
        if (saved.Parameters.Count == 0)
            yield break;
        var name = saved.Parameters[0].Name;
        var rule = slots[name].Group.Rule;
        var step = Math.Max(1, saved.Parameters.Max(parameter => parameter.Steps));
        for (var i = 0; i < rule.Description.Hypers.Count && i < saved.Hypers.Count; i++)
        {
            var current = rule.HyperAt(i, step);
            if (!current.Equals(saved.Hypers[i].Value))
                yield return new HyperChange(name, rule.Description.Hypers[i].Property, saved.Hypers[i].Value, current);
        }
    }

    private static string[] Absent<T>(Slot<T> slot)
        where T : unmanaged =>
        slot.StepsTaken == 0 ? [] : [.. slot.Group.Shape.ElementStates.Where((_, state) => !slot.Layout.Has(state)).Select(state => state.Symbol)];

    private static long LastStepOf<T>(ParameterGroup<T> group)
        where T : unmanaged => Math.Max(1, group.Slots.Select(slot => slot.StepsTaken).DefaultIfEmpty().Max());
}
