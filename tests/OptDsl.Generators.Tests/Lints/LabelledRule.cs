using System.Globalization;
using System.Text.Json;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Checks;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>A rule and what the analyses should say about it.</summary>
/// <param name="Name">For messages; never shown to the analyses.</param>
/// <param name="Source">The rule.</param>
/// <param name="Options">How it runs.</param>
/// <param name="Wanted">The ids that should be reported; none for a correct rule.</param>
/// <param name="Any">True if the wanted ids name one and the same defect, so that one is enough.</param>
/// <param name="Tolerated">Ids that are neither wanted nor false.</param>
internal sealed partial record LabelledRule(string Name, RuleSource Source, LintOptions Options, string[] Wanted, bool Any, string[] Tolerated)
{
    private static readonly Dictionary<string, string> s_ids = new()
    {
        ["missing-bias-correction"] = LintIds.MissingBiasCorrection,
        ["wrong-bias-exponent"] = LintIds.WrongBiasCorrection,
        ["ema-weights-do-not-sum-to-one"] = LintIds.WeightSum,
        ["missing-epsilon"] = LintIds.MissingEpsilon,
        ["epsilon-ineffective"] = LintIds.IneffectiveEpsilon,
        ["sqrt-of-possibly-negative"] = LintIds.NegativeRoot,
        ["division-by-zero-hyper"] = LintIds.HyperDividesByZero,
        ["ascent-direction"] = LintIds.Ascent,
        ["homogeneity-mismatch"] = LintIds.Homogeneity,
        ["missing-square"] = LintIds.MissingSquare,
        ["missing-sqrt"] = LintIds.MissingRoot,
        ["coupled-weight-decay-in-adaptive"] = LintIds.CoupledDecay,
        ["state-never-updated"] = LintIds.StateNeverUpdated,
        ["unused-hyper"] = LintIds.UnusedHyper,
        ["state-read-after-wrong-order"] = LintIds.ReadOrder,
    };

    /// <summary>What the author meant, with the same declarations; null where it is not said.</summary>
    public RuleSource? Intended { get; init; }

    /// <summary>The id whose first fix has to make what was meant; null where none has to.</summary>
    public string? Mended { get; init; }

    public bool IsCorrect => Wanted.Length == 0;

    /// <summary>The labelled sample of rules from practice.</summary>
    public static LabelledRule[] ReadJson(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("rules").EnumerateArray().Select(FromJson)];
    }

    /// <summary>The rules of a text file; the head of PublishedRules.txt has the format.</summary>
    public static LabelledRule[] Read(string path)
    {
        var rules = new List<LabelledRule>();
        var body = new List<string>();
        string? head = null;
        foreach (var line in File.ReadAllLines(path).Append("").Where(line => !line.StartsWith('#')))
        {
            if (line.StartsWith(' '))
            {
                body.Add(line.Trim());
                continue;
            }

            if (head is not null)
                rules.Add(FromText(head, string.Join("\n", body)));
            head = line.Length > 0 ? line : null;
            body.Clear();
        }

        return [.. rules];
    }

    internal static LabelledRule FromText(string head, string text)
    {
        var both = text.Split("\n=>\n");
        var formulas = both[0];
        var parts = head.Split('|').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var options = parts.Length > 3 ? parts[3] : [];
        var outputs = Option("output=");
        var states = parts[1].Select(Rule.State).Select(state => state with { Output = outputs.Contains(state.Symbol) });
        var hypers = parts[2].Select(word => word.Split('=')).Select(pair => Hyper(pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture)));
        var source = new RuleSource(
            RuleKind.UpdateRule, formulas, Option("param=").FirstOrDefault() ?? "W", Option("gradient=").FirstOrDefault() ?? "g", "t", options.Contains("maximize"), new([.. states]), new([.. hypers]));
        var lints = new LintOptions(options.Contains("half") ? ElementFormat.Half : ElementFormat.Single, options.Contains("from0") ? 0 : 1);
        return new LabelledRule(string.Join(" ", parts[0]), source, lints, Option("want:"), options.Contains("any"), Option("notes:"))
        {
            Intended = both.Length > 1 ? source with { Formulas = both[1] } : null,
            Mended = Option("fix:").FirstOrDefault(),
        };

        string[] Option(string prefix) => [.. options.Where(option => option.StartsWith(prefix, StringComparison.Ordinal)).SelectMany(option => option[prefix.Length..].Split(','))];
    }

    private static LabelledRule FromJson(JsonElement rule)
    {
        var roles = rule.GetProperty("roles");
        var parameter = roles.GetProperty("param").GetString()!;
        var outputs = rule.TryGetProperty("outputs", out var named) ? named.EnumerateArray().Select(output => output.GetString()!).ToArray() : [];
        var source = new RuleSource(
            RuleKind.UpdateRule,
            string.Join("\n", rule.GetProperty("formulas").EnumerateArray().Select(line => line.GetString())),
            parameter,
            roles.GetProperty("grad").GetString()!,
            roles.GetProperty("step").GetString() ?? "t",
            roles.GetProperty("objective").GetString() == "maximize",
            new([.. roles.GetProperty("states").EnumerateObject().Select(state => new StateSource(
                state.Name, state.Value.GetString()!.Replace("W0", parameter, StringComparison.Ordinal), Cardinality.PerElement, outputs.Contains(state.Name)))]),
            new([.. roles.GetProperty("hypers").EnumerateObject().Select(hyper => Hyper(hyper.Name, hyper.Value.GetDouble()))]));
        var format = rule.GetProperty("dtype").GetString() switch { "f16" => ElementFormat.Half, "f64" => ElementFormat.Double, _ => ElementFormat.Single };
        var first = rule.TryGetProperty("step_first", out var step) ? step.GetInt32() : 1;
        return new LabelledRule(
            $"{rule.GetProperty("id").GetString()} {rule.GetProperty("name").GetString()}", source, new LintOptions(format, first),
            Ids("verdict"), rule.TryGetProperty("match", out var match) && match.GetString() == "any", [.. Ids("notes_allowed"), .. Ids("also_acceptable")]);

        string[] Ids(string property) => rule.TryGetProperty(property, out var labels) && labels.ValueKind == JsonValueKind.Array
            ? [.. labels.EnumerateArray().Select(label => s_ids[label.GetString()!])]
            : [];
    }

    private static HyperSource Hyper(string symbol, double value) =>
        new(symbol, symbol, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, value);
}
