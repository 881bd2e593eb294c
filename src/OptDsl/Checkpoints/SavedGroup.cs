using System.Text.Json;
using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>A group of a checkpoint: the rule, by its hash; the hyper-parameters at its last step; the parameters.</summary>
internal sealed record SavedGroup(
    string Rule, string Hash, string Formulas, IReadOnlyList<SavedHyper> Hypers, IReadOnlyList<SavedSetting> Settings, IReadOnlyList<SavedParameter> Parameters,
    IReadOnlyList<SavedProgress> Progress)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("rule", Rule);
        json.WriteString("hash", Hash);
        json.WriteString("formulas", Formulas);
        json.WriteStartArray("hypers");
        foreach (var hyper in Hypers)
        {
            json.WriteStartObject();
            json.WriteString("symbol", hyper.Symbol);
            json.WriteString("property", hyper.Property);
            SavedJson.WriteDouble(json, "value", hyper.Value);
            if (hyper.Schedule is not null)
                json.WriteString("schedule", hyper.Schedule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        SavedSetting.WriteAll(json, Settings);
        json.WriteStartArray("parameters");
        foreach (var parameter in Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteNumber("steps", parameter.Steps);
            json.WriteBoolean("frozen", parameter.Frozen);
            if (parameter.SlowIsFresh)
                json.WriteBoolean("slowIsFresh", true);
            if (!parameter.HasGradient)
                json.WriteBoolean("hasGradient", false);
            if (parameter.Limits is not null)
                json.WriteString("limits", parameter.Limits);
            if (parameter.Absent.Count > 0)
            {
                json.WriteStartArray("absent");
                foreach (var symbol in parameter.Absent)
                    json.WriteStringValue(symbol);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (Progress.Count > 0)
        {
            json.WriteStartArray("schedules");
            foreach (var progress in Progress)
                progress.Write(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static SavedGroup Parse(JsonElement group) => new(
        SavedJson.ReadText(group.GetProperty("rule")),
        SavedJson.ReadText(group.GetProperty("hash")),
        SavedJson.ReadText(group.GetProperty("formulas")),
        [.. group.GetProperty("hypers").EnumerateArray().Select(SavedHyper.Parse)],
        SavedSetting.ParseAll(group),
        [.. group.GetProperty("parameters").EnumerateArray().Select(SavedParameter.Parse)],
        group.TryGetProperty("schedules", out var schedules) ? [.. schedules.EnumerateArray().Select(SavedProgress.Parse)] : []);
}

/// <summary>A hyper-parameter: its value at the last step, and the schedule that gave it, where it was one.</summary>
internal sealed record SavedHyper(string Symbol, string Property, double Value, string? Schedule)
{
    public static SavedHyper Parse(JsonElement hyper) => new(
        SavedJson.ReadText(hyper.GetProperty("symbol")),
        SavedJson.ReadText(hyper.GetProperty("property")),
        SavedJson.ReadDouble(hyper.GetProperty("value")),
        hyper.TryGetProperty("schedule", out var schedule) ? SavedJson.ReadText(schedule) : null);
}

/// <summary>
/// A parameter; <paramref name="Absent"/> are the states that an option left out at its last step, <paramref name="Limits"/> a text that differs
/// where its limits do, null without any.
/// </summary>
internal sealed record SavedParameter(string Name, long Steps, bool Frozen, bool SlowIsFresh, bool HasGradient, IReadOnlyList<string> Absent, string? Limits = null)
{
    /// <summary>A parameter as it is.</summary>
    public static SavedParameter Of<T>(Slot<T> slot)
        where T : unmanaged => new(
            slot.Parameter.Name,
            slot.StepsTaken,
            slot.Frozen,
            slot.Slow is not null && slot.SlowIsFresh,
            !slot.Parameter.Gradient.IsEmpty,
            slot.StepsTaken == 0 ? [] : [.. slot.Group.Shape.ElementStates.Where((_, state) => !slot.Layout.Has(state)).Select(state => state.Symbol)],
            slot.Parameter.LimitsText);

    public static SavedParameter Parse(JsonElement parameter) => new(
        SavedJson.ReadText(parameter.GetProperty("name")),
        SavedJson.ReadCount(parameter.GetProperty("steps")),
        parameter.GetProperty("frozen").GetBoolean(),
        parameter.TryGetProperty("slowIsFresh", out var fresh) && fresh.GetBoolean(),
        !parameter.TryGetProperty("hasGradient", out var gradient) || gradient.GetBoolean(),
        parameter.TryGetProperty("absent", out var absent) ? [.. absent.EnumerateArray().Select(SavedJson.ReadText)] : [],
        parameter.TryGetProperty("limits", out var limits) ? SavedJson.ReadText(limits) : null);
}
