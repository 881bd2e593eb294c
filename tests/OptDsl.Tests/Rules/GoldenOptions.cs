using System.Text.Json;

namespace OptDsl.Tests.Rules;

/// <summary>The hyper-parameters of an oracle's run.</summary>
/// <param name="Hyper">Those of all tensors.</param>
/// <param name="Own">Those that differ for this tensor.</param>
/// <param name="LearningRates">The learning rate of each step, where it changes.</param>
/// <param name="IsDouble">True for a run in double precision.</param>
internal sealed record GoldenOptions(JsonElement Hyper, JsonElement? Own = null, double[]? LearningRates = null, bool IsDouble = true)
{
    /// <summary>The names of all of them, but for what belongs to the optimizer around the rule.</summary>
    public IEnumerable<string> Names => Hyper.EnumerateObject().Concat(Own is { } own ? [.. own.EnumerateObject()] : Array.Empty<JsonProperty>())
        .Select(option => option.Name).Distinct().Where(name => !name.StartsWith("lookahead_", StringComparison.Ordinal));

    public JsonElement Of(string name) => Own is { } own && own.TryGetProperty(name, out var value) ? value : Hyper.GetProperty(name);

    public double Number(string name) => Of(name).GetDouble();

    public bool Flag(string name) => Of(name).GetBoolean();

    public string Text(string name) => Of(name).GetString()!;

    public bool IsNull(string name) => Of(name).ValueKind == JsonValueKind.Null;
}
