using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>Which rule of the library computes the trajectories of a golden rule, and how options and states are called there.</summary>
/// <param name="GoldenRule">The rule's name in the golden files.</param>
/// <param name="Rule">The rule of the library.</param>
internal sealed record GoldenClaim(string GoldenRule, Type Rule)
{
    private static readonly Dictionary<string, string> s_words = new() { ["lr"] = "LearningRate", ["eps"] = "Epsilon", ["sgd"] = "Sgd" };

    /// <summary>Options of the oracle that this rule has at one value only; null means "not set".</summary>
    public Dictionary<string, object?> Fixed { get; init; } = [];

    /// <summary>Options with a name or a form of their own here.</summary>
    public Dictionary<string, Action<object, GoldenOptions>> Special { get; init; } = [];

    /// <summary>The oracle's states and the symbols of ours; null for what we do not keep.</summary>
    public Dictionary<string, string?> States { get; init; } = [];

    /// <summary>The symbol of ours, or null, for a state that is not among <see cref="States"/>: one that depends on the options.</summary>
    public Func<string, GoldenOptions, string?>? StateOf { get; init; }

    /// <summary>What is otherwise than the rule's defaults before options are set.</summary>
    public Action<object> Prepare { get; init; } = _ => { };

    /// <summary>What the learning rate is multiplied by.</summary>
    public Func<GoldenOptions, double> LearningRateScale { get; init; } = _ => 1;

    /// <summary>The tensors that belong to the rule; all unless set.</summary>
    public Func<GoldenCase, GoldenTensor, bool> Takes { get; init; } = (_, _) => true;

    /// <summary>True where the options are such that this rule computes the golden rule.</summary>
    public bool Accepts(string goldenRule, GoldenOptions options) =>
        goldenRule == GoldenRule && Fixed.All(option => Equal(options.Of(option.Key), option.Value));

    /// <summary>The rule with the options of the oracle.</summary>
    /// <exception cref="InvalidOperationException">An option has no counterpart.</exception>
    public object Create(GoldenOptions options)
    {
        var rule = Activator.CreateInstance(Rule)!;
        Prepare(rule);
        foreach (var name in options.Names.Where(name => !Fixed.ContainsKey(name)))
        {
            if (Special.TryGetValue(name, out var set))
                set(rule, options);
            else
                Set(rule, name, options.Of(name));
        }

        var scale = LearningRateScale(options);
        if (options.LearningRates is { } rates)
            SetLearningRate(rule, new TableSchedule([.. rates.Select(rate => rate * scale)]));
        else if (scale != 1)
            SetLearningRate(rule, Schedule.FromDouble(options.Number("lr") * scale));
        return rule;
    }

    /// <summary>The symbol of our state, or null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The state has no counterpart.</exception>
    public string? Symbol(string state, GoldenOptions options) =>
        States.TryGetValue(state, out var symbol) ? symbol
        : state.StartsWith("lookahead_", StringComparison.Ordinal) ? null
        : StateOf is { } find ? find(state, options)
        : throw new InvalidOperationException($"{this}: the state '{state}' has no counterpart.");

    /// <summary>The properties that stand for an option of the oracle, one for each of its numbers.</summary>
    public IEnumerable<(PropertyInfo Property, JsonElement Value)> Properties(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return [(Property(Pascal(name)), value)];
        var suffixes = name switch
        {
            "etas" => ["EtaMinus", "EtaPlus"],
            "step_sizes" => ["StepSizeMin", "StepSizeMax"],
            _ => Enumerable.Range(1, value.GetArrayLength()).Select(index => Pascal(name.TrimEnd('s').Replace("ep", "eps")) + index.ToString(CultureInfo.InvariantCulture)).ToArray(),
        };
        return suffixes.Zip(value.EnumerateArray(), (property, element) => (Property(property), element));
    }

    /// <summary>Sets a hyper-parameter to a number or a flag of the oracle.</summary>
    public static void Set(object rule, PropertyInfo property, JsonElement value)
    {
        object converted = property.PropertyType == typeof(bool) ? value.GetBoolean() : value.GetDouble();
        property.SetValue(rule, property.PropertyType == typeof(Schedule) ? Schedule.FromDouble((double)converted) : converted);
    }

    public override string ToString() => $"{GoldenRule} by {Rule.Name}";

    private static bool Equal(JsonElement value, object? expected) => expected switch
    {
        null => value.ValueKind == JsonValueKind.Null,
        bool flag => value.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
        string text => value.ValueKind == JsonValueKind.String && value.GetString() == text,
        _ => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Convert.ToDouble(expected, CultureInfo.InvariantCulture),
    };

    private static string Pascal(string name)
    {
        var result = new StringBuilder();
        foreach (var word in name.Split('_'))
            result.Append(s_words.GetValueOrDefault(word, char.ToUpperInvariant(word[0]) + word[1..]));
        return result.ToString();
    }

    private void SetLearningRate(object rule, Schedule schedule) => Rule.GetProperty("LearningRate")!.SetValue(rule, schedule);

    private void Set(object rule, string name, JsonElement value)
    {
        foreach (var (property, element) in Properties(name, value))
            Set(rule, property, element);
    }

    private PropertyInfo Property(string name) =>
        Rule.GetProperty(name) ?? throw new InvalidOperationException($"{this}: the option '{name}' has no property.");
}

/// <summary>A schedule given value by value; entry 0 is step 1.</summary>
internal sealed class TableSchedule(double[] values) : Schedule
{
    public override double At(long step) => values[(int)step - 1];
}
