using System.Text.Json;
using System.Text.Json.Nodes;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules.Oracles;

/// <summary>
/// Cases in the form of the golden files with options that no file has: a recorded case with other hyper-parameters, stepped by
/// an <see cref="Oracle"/>.
/// </summary>
internal static class OracleCase
{
    /// <summary>A key of the changes that is no hyper-parameter: the learning rate of each step as a share of the first.</summary>
    public const string Schedule = "$schedule";

    /// <summary>A key of the changes that is no hyper-parameter: what differs for the second tensor.</summary>
    public const string Group = "$group";

    private static readonly double[] s_rates = [0.5, 1, 0.8, 1.5, 0.1];

    /// <summary>A case of a rule.</summary>
    /// <param name="table">The rule, the case that the hyper-parameters are taken from, and its tensors.</param>
    /// <param name="changes">The hyper-parameters that differ.</param>
    /// <param name="dtype"><c>float64</c> or <c>float32</c>.</param>
    /// <param name="steps">The number of steps.</param>
    public static GoldenCase Of(OptionTable table, IEnumerable<KeyValuePair<string, JsonNode?>> changes, string dtype, int steps)
    {
        var hyper = JsonNode.Parse(GoldenCase.Load(table.Case).Hyper.GetRawText())!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(table.Added)!.AsObject())
            hyper.Add(name, value?.DeepClone());
        JsonNode? schedule = null, group = null;
        foreach (var (name, value) in changes)
        {
            if (name == Schedule)
                schedule = value;
            else if (name == Group)
                group = value;
            else
                hyper[name] = hyper.ContainsKey(name) ? value?.DeepClone() : throw new ArgumentException($"{table.Rule} has no '{name}'.");
        }

        var root = new JsonObject { ["case"] = "", ["rule"] = table.Rule, ["dtype"] = dtype, ["steps"] = steps, ["hyper"] = hyper };
        if (schedule is not null)
            root["lr_per_step"] = new JsonArray([.. Enumerable.Range(0, steps).Select(t => (JsonNode)(s_rates[t % s_rates.Length] * (hyper["lr"]?.GetValue<double>() ?? 1)))]);
        var random = new Random(977);
        root["tensors"] = new JsonArray([.. table.Shapes.Select((shape, index) => Tensor(table, shape, dtype == "float64", steps, index == 1 ? group : null, random))]);
        Run(root, table.Rule, steps);
        return GoldenCase.Of(JsonSerializer.SerializeToElement(root));
    }

    private static JsonObject Tensor(OptionTable table, int[] shape, bool isDouble, int steps, JsonNode? group, Random random)
    {
        var count = shape.Aggregate(1, (product, dimension) => product * dimension);
        var start = Enumerable.Range(0, count).Select(i => table.IsWild && i is 10 or 11 ? (i == 10 ? 0 : 1e-8) : (4 * random.NextDouble()) - 2);
        var gradients = Enumerable.Range(0, steps).Select(t => Array(Enumerable.Range(0, count).Select(i => Gradient(table.IsWild, i, t, random)), isDouble));
        var tensor = new JsonObject
        {
            ["shape"] = new JsonArray([.. shape.Select(dimension => (JsonNode)dimension)]),
            ["w0"] = Array(start, isDouble),
            ["grads"] = new JsonArray([.. gradients]),
        };
        if (group is not null)
            tensor["hyper_override"] = group.DeepClone();
        return tensor;
    }

    /// <summary>The README's wild gradients, or some that no element dominates.</summary>
    private static double Gradient(bool isWild, int element, int t, Random random)
    {
        var noise = (2 * random.NextDouble()) - 1;
        if (!isWild)
            return noise;
        return element switch
        {
            0 => 0,
            1 => (t % 2 == 0 ? 1e-12 : -1e-12) * (1 + noise),
            2 => 1e6 * noise,
            3 => t % 2 == 0 ? 0.5 : -0.5,
            4 => t < 4 ? 0 : noise,
            5 => t < 4 ? noise : 0,
            6 => 0.25,
            7 => t == 4 ? 1e6 : 1e-3 * noise,
            8 => new[] { 2, -3, 0, 1e-12 }[t % 4],
            _ => random.Next(10) == 0 ? 0 : noise,
        };
    }

    private static JsonArray Array(IEnumerable<double> values, bool isDouble) => new([.. values.Select(value => (JsonNode)(isDouble ? value : (double)(float)value))]);

    private static void Run(JsonObject root, string rule, int steps)
    {
        var golden = JsonSerializer.SerializeToElement(root);
        var rates = golden.TryGetProperty("lr_per_step", out var table) ? GoldenFile.Doubles(table) : null;
        var isDouble = golden.GetProperty("dtype").GetString() == "float64";
        var tensors = golden.GetProperty("tensors").EnumerateArray().Select(tensor => (
            Options: new GoldenOptions(golden.GetProperty("hyper"), tensor.TryGetProperty("hyper_override", out var own) ? own : null, rates, isDouble),
            Weights: GoldenFile.Doubles(tensor.GetProperty("w0")),
            Gradients: tensor.GetProperty("grads").EnumerateArray().Select(row => GoldenFile.Doubles(row)).ToArray(),
            Rank: tensor.GetProperty("shape").GetArrayLength())).ToArray();
        var oracles = tensors.Select(tensor => Oracles.Create(rule, tensor.Options, tensor.Rank)).ToArray();
        var lookahead = golden.GetProperty("hyper").TryGetProperty("lookahead_k", out var every) ? every.GetInt32() : 0;
        var slow = new double[tensors.Length][];
        var weights = tensors.Select(_ => new JsonArray()).ToArray();
        for (var t = 1; t <= steps; t++)
        {
            var clip = Clip(golden.GetProperty("hyper"), tensors.SelectMany(tensor => tensor.Gradients[t - 1]));
            for (var i = 0; i < tensors.Length; i++)
            {
                var (options, w, gradients, _) = tensors[i];
                oracles[i].Step(w, [.. gradients[t - 1].Select(value => value / clip)], t, rates?[t - 1] ?? (options.IsNull("lr") ? 0 : options.Number("lr")));
                if (lookahead > 0 && t % lookahead == 0)
                {
                    slow[i] ??= [.. w];
                    for (var k = 0; k < w.Length; k++)
                        w[k] = slow[i][k] += options.Number("lookahead_alpha") * (w[k] - slow[i][k]);
                }

                weights[i].Add(Array(w, isDouble: true));
            }
        }

        for (var i = 0; i < tensors.Length; i++)
        {
            var node = root["tensors"]![i]!;
            node["w"] = weights[i];
            node["states_final"] = new JsonObject(oracles[i].States.Select(state => KeyValuePair.Create(state.Key, (JsonNode?)Array(state.Value, isDouble: true))).Append(KeyValuePair.Create("step", (JsonNode?)steps)));
        }
    }

    private static double Clip(JsonElement hyper, IEnumerable<double> gradients) =>
        hyper.TryGetProperty("max_grad_norm", out var limit) && limit.ValueKind == JsonValueKind.Number
            ? Math.Max(1, Math.Sqrt(gradients.Sum(value => value * value)) / limit.GetDouble())
            : 1;
}
