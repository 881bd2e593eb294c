using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>A group of a checkpoint: the rule, by its hash; the hyper-parameters at its last step; the parameters.</summary>
internal sealed record SavedGroup(
    string Rule, string Hash, string Formulas, IReadOnlyList<SavedHyper> Hypers, IReadOnlyList<SavedParameter> Parameters)
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
            SavedState.WriteDouble(json, "value", hyper.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
        json.WriteEndObject();
    }

    public static SavedGroup Parse(JsonElement group) => new(
        group.GetProperty("rule").GetString()!,
        group.GetProperty("hash").GetString()!,
        group.GetProperty("formulas").GetString()!,
        [.. group.GetProperty("hypers").EnumerateArray().Select(hyper => new SavedHyper(
            hyper.GetProperty("symbol").GetString()!, hyper.GetProperty("property").GetString()!, SavedState.ReadDouble(hyper.GetProperty("value"))))],
        [.. group.GetProperty("parameters").EnumerateArray().Select(parameter => new SavedParameter(
            parameter.GetProperty("name").GetString()!,
            parameter.GetProperty("steps").GetInt64(),
            parameter.GetProperty("frozen").GetBoolean(),
            parameter.TryGetProperty("slowIsFresh", out var fresh) && fresh.GetBoolean(),
            !parameter.TryGetProperty("hasGradient", out var gradient) || gradient.GetBoolean(),
            parameter.TryGetProperty("absent", out var absent) ? [.. absent.EnumerateArray().Select(symbol => symbol.GetString()!)] : []))]);
}

/// <summary>A hyper-parameter.</summary>
internal sealed record SavedHyper(string Symbol, string Property, double Value);

/// <summary>A parameter; <paramref name="Absent"/> are the states that an option left out at its last step.</summary>
internal sealed record SavedParameter(string Name, long Steps, bool Frozen, bool SlowIsFresh, bool HasGradient, IReadOnlyList<string> Absent);
