using System.Globalization;
using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>Values in the metadata of checkpoints. What no checkpoint can hold is a <see cref="FormatException"/>.</summary>
internal static class SavedJson
{
    /// <summary>The largest count: beyond it, a double that stands for the count skips numbers.</summary>
    private const long MaxCount = 1L << 53;

    /// <summary>A text; null is none.</summary>
    public static string ReadText(JsonElement element) => element.GetString() ?? throw new FormatException("There is no text.");

    /// <summary>How often something has happened.</summary>
    public static long ReadCount(JsonElement element) => element.GetInt64() is >= 0 and <= MaxCount and var count
        ? count
        : throw new FormatException($"{element} is no count.");

    // JSON has no numbers that are not finite.
    public static void WriteDouble(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public static double ReadDouble(JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? element.GetDouble()
        : double.Parse(ReadText(element), CultureInfo.InvariantCulture);
}
