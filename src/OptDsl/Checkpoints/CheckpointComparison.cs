using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>What is different in an optimizer from what a checkpoint tells, apart from tensors.</summary>
internal static class CheckpointComparison
{
    /// <summary>The hyper-parameters that are others: by their numbers, by their schedules, and by the settings of these.</summary>
    public static IEnumerable<(HyperChange Change, IUpdateRule Rule, int Index)> Hypers<T>(SavedState saved, IReadOnlyDictionary<string, Slot<T>> slots)
        where T : unmanaged
    {
        foreach (var (group, parameter, of) in Pairs(saved, slots))
        {
            var rule = group.Rule;
            if (rule.Description.Hash != of.Hash)
                continue;
            var step = group.OwnStepAt(Math.Max(1, of.Parameters.Max(other => other.Steps)), Math.Max(1, saved.Step));
            for (var i = 0; i < of.Hypers.Count; i++)
            {
                var hyper = of.Hypers[i];
                var index = rule.Description.Hypers.Index().FirstOrDefault(own => own.Item.Symbol == hyper.Symbol, (Index: i, Item: null!)).Index;
                if (index >= rule.Description.Hypers.Count)
                    continue;
                var (value, schedule) = (CheckpointFormat.ValueAt(rule, index, step), CheckpointFormat.ScheduleOf(rule, index));
                if (value.Equals(hyper.Value) && schedule == hyper.Schedule)
                    continue;
                var change = new HyperChange(parameter, rule.Description.Hypers[index].Property, hyper.Value, value) { SavedSchedule = hyper.Schedule, CurrentSchedule = schedule };
                yield return (change, rule, index);
            }
        }
    }

    /// <summary>The settings of the optimizer and of its groups that are others.</summary>
    public static IEnumerable<(SettingChange Change, ParameterGroup<T>? Group)> Settings<T>(SavedState saved, IEnumerable<SavedSetting> current, IReadOnlyDictionary<string, Slot<T>> slots)
        where T : unmanaged
    {
        foreach (var (name, was, isNow) in SavedSetting.Differences(saved.Settings, current))
            yield return (new SettingChange(null, name, was, isNow), null);
        foreach (var (group, parameter, of) in Pairs(saved, slots))
        {
            foreach (var (name, was, isNow) in SavedSetting.Differences(of.Settings, group.Settings))
                yield return (new SettingChange(parameter, name, was, isNow), group);
        }

        foreach (var parameter in saved.Groups.SelectMany(group => group.Parameters))
        {
            if (slots.TryGetValue(parameter.Name, out var slot) && slot.Parameter.LimitsText != parameter.Limits)
                yield return (new SettingChange(parameter.Name, "Limits", parameter.Limits ?? SavedSetting.None, slot.Parameter.LimitsText ?? SavedSetting.None), null);
        }
    }

    /// <summary>Lets schedules that follow the training go on from where they were.</summary>
    public static void RestoreSchedules<T>(SavedState saved, IReadOnlyDictionary<string, Slot<T>> slots)
        where T : unmanaged
    {
        foreach (var (group, _, of) in Pairs(saved, slots))
        {
            foreach (var progress in of.Progress)
                progress.Restore(group);
        }
    }

    /// <summary>The groups of the file and those that their parameters are in now, each pair once, with the first parameter of both.</summary>
    private static IEnumerable<(ParameterGroup<T> Group, string Parameter, SavedGroup Saved)> Pairs<T>(SavedState saved, IReadOnlyDictionary<string, Slot<T>> slots)
        where T : unmanaged =>
        from of in saved.Groups
        from pair in of.Parameters.Where(parameter => slots.ContainsKey(parameter.Name)).DistinctBy(parameter => slots[parameter.Name].Group)
        select (slots[pair.Name].Group, pair.Name, of);
}
