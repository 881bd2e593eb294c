using System.Text.Json;

namespace OptDsl.Tests.Golden;

/// <summary>Reads the data files of this folder.</summary>
public static class GoldenFile
{
    /// <summary>The names of all cases of trajectories, from <c>index.json</c>.</summary>
    public static IEnumerable<string> CaseNames =>
        Load("index").GetProperty("cases").EnumerateArray().Select(entry => entry.GetProperty("case").GetString()!);

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name without extension.</param>
    public static JsonElement Load(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json")));
        return document.RootElement.Clone();
    }

    /// <summary>The numbers of an array of any depth, in order.</summary>
    /// <param name="array">The array.</param>
    /// <param name="single">True for numbers printed in single precision, which have to be read as such.</param>
    public static double[] Doubles(JsonElement array, bool single = false) => array.ValueKind == JsonValueKind.Number
        ? [single ? array.GetSingle() : array.GetDouble()]
        : [.. array.EnumerateArray().SelectMany(element => Doubles(element, single))];
}
