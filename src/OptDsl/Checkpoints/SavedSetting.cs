using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>A setting of an optimizer or a group, as a text that differs where it does.</summary>
internal sealed record SavedSetting(string Name, string Text)
{
    /// <summary>What a setting that is not there is called.</summary>
    public const string None = "none";

    private const string Key = "settings";

    public static void WriteAll(Utf8JsonWriter json, IEnumerable<SavedSetting> settings)
    {
        json.WriteStartObject(Key);
        foreach (var setting in settings)
            json.WriteString(setting.Name, setting.Text);
        json.WriteEndObject();
    }

    public static SavedSetting[] ParseAll(JsonElement owner) =>
        [.. owner.GetProperty(Key).EnumerateObject().Select(setting => new SavedSetting(setting.Name, SavedJson.ReadText(setting.Value)))];

    /// <summary>The settings that are others now, and those that have come or gone.</summary>
    public static IEnumerable<(string Name, string Saved, string Current)> Differences(IEnumerable<SavedSetting> saved, IEnumerable<SavedSetting> current)
    {
        var now = current.ToDictionary(setting => setting.Name, setting => setting.Text, StringComparer.Ordinal);
        foreach (var (name, text) in saved)
        {
            if (!now.Remove(name, out var other))
                other = None;
            if (other != text)
                yield return (name, text, other);
        }

        foreach (var (name, text) in now)
        {
            if (text != None)
                yield return (name, None, text);
        }
    }
}
