using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>What a checkpoint tells besides tensors: the <c>state</c> of its metadata.</summary>
internal sealed record SavedState(
    long Step, long Skipped, int Pending, SavedScaler? Scaler, bool Lookahead, IReadOnlyList<SavedSetting> Settings, IReadOnlyList<SavedAverage> Averages,
    IReadOnlyList<SavedGroup> Groups)
{
    /// <summary>The version of the form that <see cref="ToJson"/> writes.</summary>
    public const int Version = 1;

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("step", Step);
            json.WriteNumber("skipped", Skipped);
            json.WriteNumber("pending", Pending);
            json.WriteBoolean("lookahead", Lookahead);
            if (Scaler is not null)
            {
                json.WriteStartObject("lossScaler");
                SavedJson.WriteDouble(json, "scale", Scaler.Scale);
                json.WriteNumber("finiteSteps", Scaler.FiniteSteps);
                json.WriteEndObject();
            }

            SavedSetting.WriteAll(json, Settings);
            json.WriteStartArray("averages");
            foreach (var average in Averages)
            {
                json.WriteStartObject();
                json.WriteString("name", average.Name);
                json.WriteNumber("updates", average.Updates);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("groups");
            foreach (var group in Groups)
                group.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="CheckpointException">The text was written by a later version, or is not what <see cref="ToJson"/> writes.</exception>
    public static SavedState Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version > Version)
                throw new CheckpointException(CheckpointFault.LaterVersion, $"The checkpoint has version {version} of its form; this version of OptDsl knows {Version}. Use a later version.");
            return new SavedState(
                SavedJson.ReadCount(root.GetProperty("step")),
                SavedJson.ReadCount(root.GetProperty("skipped")),
                checked((int)SavedJson.ReadCount(root.GetProperty("pending"))),
                root.TryGetProperty("lossScaler", out var scaler) ? SavedScaler.Parse(scaler) : null,
                root.GetProperty("lookahead").GetBoolean(),
                SavedSetting.ParseAll(root),
                [.. root.GetProperty("averages").EnumerateArray().Select(SavedAverage.Parse)],
                [.. root.GetProperty("groups").EnumerateArray().Select(SavedGroup.Parse)]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new CheckpointException(CheckpointFault.Malformed, "The file's metadata is not that of a checkpoint.", exception);
        }
    }
}

/// <summary>A loss scaler.</summary>
internal sealed record SavedScaler(double Scale, int FiniteSteps)
{
    public static SavedScaler Parse(JsonElement scaler)
    {
        // The step multiplies by one over the scale.
        var scale = SavedJson.ReadDouble(scaler.GetProperty("scale"));
        return double.IsNormal(scale) && scale > 0
            ? new SavedScaler(scale, checked((int)SavedJson.ReadCount(scaler.GetProperty("finiteSteps"))))
            : throw new FormatException($"{scale} is no scale.");
    }
}

/// <summary>An average of the weights.</summary>
internal sealed record SavedAverage(string Name, long Updates)
{
    public static SavedAverage Parse(JsonElement average) =>
        new(SavedJson.ReadText(average.GetProperty("name")), SavedJson.ReadCount(average.GetProperty("updates")));
}
