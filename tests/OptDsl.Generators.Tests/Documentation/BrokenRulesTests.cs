using System.Text;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>
/// The page of samples/BrokenRules shows the broken rules, what the compiler prints about them, and the mended forms, as they are.
/// With <c>SNAPSHOTS=accept</c> in the environment the page is written anew.
/// </summary>
public sealed class BrokenRulesTests
{
    private const string Head = """
        # Broken rules

        Ten mistakes from practice. This project compiles with a warning for each and is no part of the solution; build it to see them:

            dotnet build samples/BrokenRules

        The analyzers do not look for patterns: they run the formulas on probe gradients and say what happens. Below each rule stand the lines that the
        compiler prints, and then the mend.

        """;

    private static readonly string Folder = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "samples", "BrokenRules"));

    public static TheoryData<string> Rules =>
        [.. Directory.GetFiles(Path.Combine(Folder, "Broken"), "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_broken_rule_is_reported_and_its_mended_form_is_not(string file)
    {
        Assert.NotEqual("", await DiagnosticsAsync($"Broken/{file}"));
        Assert.Equal("", await DiagnosticsAsync($"Fixed/{file}"));
    }

    [Fact]
    public async Task The_page_shows_what_the_compiler_prints()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var file in Rules.Select(row => row.Data))
        {
            var broken = Text($"Broken/{file}");
            page.AppendJoin('\n', "", "## " + Between(broken, "<summary>", "</summary>").TrimEnd('.'), "", Between(broken, "<remarks>", "</remarks>"), "")
                .AppendJoin('\n', "", "```csharp", Declaration(broken), "```", "")
                .AppendJoin('\n', "", "```text", await DiagnosticsAsync($"Broken/{file}"), "```", "")
                .AppendJoin('\n', "", "```diff", TextDifference.Of(Declaration(broken), Declaration(Text($"Fixed/{file}"))), "```", "");
        }

        var path = Path.Combine(Folder, "README.md");
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
            await File.WriteAllTextAsync(path, page.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"), page.ToString());
    }

    private static async Task<string> DiagnosticsAsync(string file)
    {
        var compilation = TestCompilation.Create(new SourceFile(file, Text(file)));
        return await PrintedDiagnostics.OfAsync(GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))));
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\n");

    /// <summary>The declaration without its comments.</summary>
    private static string Declaration(string text) => string.Join('\n', text[text.IndexOf("[UpdateRule", StringComparison.Ordinal)..].Split('\n')
        .Where(line => line.Length > 0 && !line.TrimStart().StartsWith("///", StringComparison.Ordinal)));

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
