using System.Globalization;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>Declarations as people write them who know neither Roslyn nor this library yet, and all that a build then says. Newcomers.txt is the page to read.</summary>
public sealed class NewcomerTests
{
    private const string Heading = "=== ";
    private const string Divider = "\n---\n";

    private static readonly string s_path = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "tests", "OptDsl.Generators.Tests", "Documentation", "Newcomers.txt"));
    private static readonly Lock s_accepting = new();

    public static TheoryData<string> Cases => [.. Sections().Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_build_says_what_to_do(string name)
    {
        var (source, expected) = Sections()[name];
        var printed = await PrintedAsync(source);
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
            Accept(name, source, printed);
        else
            Assert.Equal(expected, printed);
    }

    /// <summary>What the compiler, the generator and the analyzers print, as a build does: each message once.</summary>
    private static async Task<string> PrintedAsync(string source)
    {
        var run = GeneratorRun.Of(PageProgram.Create([new SourceFile("Rule.cs", source)], isLibrary: true));
        var ofCompiler = run.Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591")
            .Select(diagnostic => $"{Place(diagnostic)} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
        var ofAnalyzers = (await PrintedDiagnostics.OfAsync(run)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', ofAnalyzers.Concat(ofCompiler));
    }

    private static string Place(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()}";
    }

    private static Dictionary<string, (string Source, string Printed)> Sections() =>
        File.ReadAllText(s_path).ReplaceLineEndings("\n").Split(Heading, StringSplitOptions.RemoveEmptyEntries)
            .Select(section => (Name: section[..section.IndexOf('\n', StringComparison.Ordinal)], Body: section[(section.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd('\n') + '\n'))
            .ToDictionary(section => section.Name, section => (section.Body[..section.Body.IndexOf(Divider, StringComparison.Ordinal)], section.Body[(section.Body.IndexOf(Divider, StringComparison.Ordinal) + Divider.Length)..].TrimEnd('\n')));

    private static void Accept(string name, string source, string printed)
    {
        lock (s_accepting)
        {
            var text = File.ReadAllText(s_path).ReplaceLineEndings("\n");
            var start = text.IndexOf($"{Heading}{name}\n{source}{Divider}", StringComparison.Ordinal);
            var end = text.IndexOf($"\n{Heading}", start + 1, StringComparison.Ordinal) is >= 0 and var next ? next : text.Length;
            File.WriteAllText(s_path, $"{text[..start]}{Heading}{name}\n{source}{Divider}{printed}\n{text[end..]}");
        }
    }
}
