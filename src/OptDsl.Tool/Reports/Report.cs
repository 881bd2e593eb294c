using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Reports;

/// <summary>Writes problems as compilers print them, as JSON, or as SARIF 2.1.0 for code scanners.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(IReadOnlyList<Problem> problems) =>
        string.Concat(problems.Select(problem => $"{problem.File}({problem.Line},{problem.Column}): {Word(problem.Severity)} {problem.Id}: {Printable(problem.Message)}\n"));

    /// <summary>A message without what a terminal would take for an order.</summary>
    public static string Printable(string message) => string.Concat(message.Select(character => char.IsControl(character) ? '\uFFFD' : character));

    public static string Json(IReadOnlyList<Problem> problems) => JsonSerializer.Serialize(
        problems.Select(problem => new
        {
            file = problem.File,
            line = problem.Line,
            column = problem.Column,
            endLine = problem.EndLine,
            endColumn = problem.EndColumn,
            severity = Word(problem.Severity),
            id = problem.Id,
            message = problem.Message,
        }), s_options) + "\n";

    public static string Sarif(IReadOnlyList<Problem> problems) => JsonSerializer.Serialize(
        new Dictionary<string, object>
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new[]
            {
                new
                {
                    tool = new
                    {
                        driver = new Dictionary<string, object>
                        {
                            ["name"] = "optdsl",
                            ["semanticVersion"] = typeof(Report).Assembly.GetName().Version!.ToString(3),
                            ["informationUri"] = HelpLink.Page,
                            ["rules"] = problems.Select(problem => problem.Id).Distinct().Order(StringComparer.Ordinal).Select(Rule),
                        },
                    },
                    columnKind = "utf16CodeUnits",
                    results = problems.Select(problem => new
                    {
                        ruleId = problem.Id,
                        level = problem.Severity == Severity.Info ? "note" : Word(problem.Severity),
                        message = new { text = problem.Message },
                        locations = new[]
                        {
                            new
                            {
                                physicalLocation = new
                                {
                                    artifactLocation = new { uri = ToUri(problem.File) },
                                    region = new { startLine = problem.Line, startColumn = problem.Column, endLine = problem.EndLine, endColumn = problem.EndColumn },
                                },
                            },
                        },
                    }),
                },
            },
        }, s_options) + "\n";

    /// <summary>What scanners show beside a problem: its title, what it means, and where it is explained.</summary>
    private static Dictionary<string, object> Rule(string id)
    {
        var rule = new Dictionary<string, object> { ["id"] = id };
        if (AllDescriptors.FirstOrDefault(descriptor => descriptor.Id == id) is not { } known)
            return rule;
        rule["shortDescription"] = new { text = known.Title.ToString(CultureInfo.InvariantCulture) };
        if (known.Description.ToString(CultureInfo.InvariantCulture) is { Length: > 0 } description)
            rule["fullDescription"] = new { text = description };
        rule["helpUri"] = known.HelpLinkUri;
        return rule;
    }

    private static IEnumerable<DiagnosticDescriptor> AllDescriptors =>
        [.. DeclarationDescriptors.All, .. FormulaDescriptors.All, .. LintDescriptors.All, .. LoopDescriptors.All, .. ReferenceDescriptors.All];

    private static string ToUri(string file) =>
        (Path.IsPathRooted(file) ? "file://" : "") + string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static string Word(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" };
}
