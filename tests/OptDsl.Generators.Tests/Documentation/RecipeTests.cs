using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Lifting;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Checks;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The recipes of CONTRIBUTING.md name the files that everything of their kind is really in.</summary>
public sealed partial class RecipeTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, ".."));

    [Fact]
    public void Every_operation_is_where_the_recipe_says() => Hold("An operation", OperationTable.All.Select(entry => Values(
        ("Op", entry.Key.ToString()), ("spelling", Spelling(entry.Value)))));

    [Fact]
    public void Every_diagnostic_is_where_the_recipe_says() => Hold("A diagnostic", typeof(RuleGenerator).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
        .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
        .Select(Diagnostic));

    [Fact]
    public void Every_rule_is_where_the_recipe_says() => Hold("A rule", typeof(IUpdateRule).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "OptDsl.Rules" && type.IsAssignableTo(typeof(IUpdateRule)))
        .Select(type => Values(("Rule", type.Name))));

    [Fact]
    public void Every_back_end_is_where_the_recipe_says() => Hold("A back end", typeof(IExport).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IExport)))
        .Select(type => Values(("Export", type.Name), ("Backend", type.Namespace!.Split('.')[^1]), ("name", ((IExport)Activator.CreateInstance(type)!).Name))));

    /// <summary>Holds each line of a recipe for each thing; a line that begins with a condition names a file that exists.</summary>
    private static void Hold(string recipe, IEnumerable<Dictionary<string, string>> things)
    {
        var page = File.ReadAllText(Path.Combine(s_root, "CONTRIBUTING.md")).ReplaceLineEndings("\n");
        var section = page[page.IndexOf($"### {recipe}\n", StringComparison.Ordinal)..].Split("\n### ")[0];
        var lines = section.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).ToList();
        var all = things.ToList();
        Assert.True(lines.Count >= 4 && all.Count >= 4, recipe);
        foreach (var line in lines)
        {
            var code = Code().Matches(line).Select(match => match.Groups[1].Value).ToList();
            foreach (var thing in all)
            {
                var path = Fill(code[0], thing);
                Assert.True(File.Exists(Path.Combine(s_root, path)), $"{path}, of the recipe \"{recipe}\", does not exist.");
                if (!line.StartsWith("- `", StringComparison.Ordinal))
                    break;
                var text = File.ReadAllText(Path.Combine(s_root, path));
                var said = code.Skip(1).Where(part => part.Contains('{', StringComparison.Ordinal)).Select(part => Fill(part, thing)).ToList();
                Assert.True(said.Count > 0, line);
                Assert.All(said, part => Assert.True(
                    Says(text, part) || (part.StartsWith("class ", StringComparison.Ordinal) && Says(text, "record " + part["class ".Length..])),
                    $"{path} does not say '{part}', as the recipe \"{recipe}\" asks."));
            }
        }
    }

    private static bool Says(string text, string part) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(part)}(?!\w)");

    private static string Fill(string text, Dictionary<string, string> values) => Placeholder().Replace(text, match => values[match.Groups[1].Value]);

    private static Dictionary<string, string> Values(params (string Key, string Value)[] values) => values.ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>What of an operation the page of the language must show: its name, or its sign.</summary>
    private static string Spelling(Operation operation) => operation.Names is { } names ? names.Plain[0] : operation.Sign?.Unicode ?? "";

    private static Dictionary<string, string> Diagnostic(DiagnosticDescriptor descriptor)
    {
        var owners = typeof(RuleGenerator).Assembly.GetTypes()
            .Where(type => type.Namespace == "OptDsl.Generators.Diagnostics")
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(DiagnosticDescriptor)))
            .Single(field => ((DiagnosticDescriptor)field.GetValue(null)!).Id == descriptor.Id);
        var descriptors = $"generators/OptDsl.Generators/Diagnostics/{owners.DeclaringType!.Name}.cs";
        var ids = Constants(typeof(LintIds)).Contains(descriptor.Id) ? "src/OptDsl.Language/Checks/LintIds.cs"
            : Constants(typeof(FormulaErrorIds)).Contains(descriptor.Id) ? "src/OptDsl.Language/Formulas/Diagnostics/FormulaErrorIds.cs"
            : Constants(typeof(LoopIds)).Contains(descriptor.Id) ? "generators/OptDsl.Generators/Lifting/LoopIds.cs"
            : descriptors;
        return Values(("Id", descriptor.Id), ("ids", ids), ("descriptors", descriptors), ("constant", owners.Name));
    }

    private static HashSet<string> Constants(Type type) => [.. type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
