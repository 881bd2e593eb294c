using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>What has become of a schedule in the training so far.</summary>
/// <param name="Symbol">The symbol of the hyper-parameter; empty for the schedule that a group has in place of its rule's.</param>
/// <param name="Values">What the schedule tells, by name.</param>
internal sealed record SavedProgress(string Symbol, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>The schedules of a group that have something to tell.</summary>
    public static IEnumerable<SavedProgress> Of<T>(ParameterGroup<T> group)
        where T : unmanaged =>
        SchedulesOf(group).Where(pair => pair.Schedule.Progress.Count > 0).Select(pair => new SavedProgress(pair.Symbol, pair.Schedule.Progress));

    /// <summary>Lets the schedule of a group that stands in the same place go on from there, if it is of the same kind.</summary>
    public void Restore<T>(ParameterGroup<T> group)
        where T : unmanaged
    {
        foreach (var (symbol, schedule) in SchedulesOf(group))
        {
            if (symbol == Symbol)
                schedule.Restore(Values);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", Symbol);
        json.WriteStartObject("values");
        foreach (var (name, value) in Values)
            SavedJson.WriteDouble(json, name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static SavedProgress Parse(JsonElement progress) => new(
        SavedJson.ReadText(progress.GetProperty("symbol")),
        progress.GetProperty("values").EnumerateObject().ToDictionary(value => value.Name, value => SavedJson.ReadDouble(value.Value), StringComparer.Ordinal));

    private static IEnumerable<(string Symbol, Schedule Schedule)> SchedulesOf<T>(ParameterGroup<T> group)
        where T : unmanaged
    {
        if (group.LearningRateSchedule is { } own)
            yield return ("", own);
        for (var i = 0; i < group.Rule.Description.Hypers.Count; i++)
        {
            if (group.Rule.ScheduleOf(i) is { } schedule)
                yield return (group.Rule.Description.Hypers[i].Symbol, schedule);
        }
    }
}
