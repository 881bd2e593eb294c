using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>
/// The page of samples/HandWritten shows the loops, what the build prints about them, and what the first fix makes of each. With
/// <c>SNAPSHOTS=accept</c> in the environment the page is written anew.
/// </summary>
public sealed class HandWrittenTests
{
    private const string Head = """
        # Optimizers written by hand

        Three loops as projects have them, in plain C# without a rule. The package is all that was added; the build shows a slip in each:

            dotnet build samples/HandWritten

        Below each loop stand the line that the compiler prints and the fix that the editor offers. [You have a loop already](../../src/LOOPS.md) says what is
        read, and how a loop becomes a rule. The project is no part of the solution, as it does not compile cleanly, on purpose.

        """;

    private static readonly string Folder = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "samples", "HandWritten"));

    [Fact]
    public async Task The_page_shows_what_the_compiler_prints_and_the_fix()
    {
        var page = Head.ReplaceLineEndings("\n");
        foreach (var file in Directory.GetFiles(Folder, "*.cs").Order(StringComparer.Ordinal))
        {
            var text = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
            var (printed, mended) = await MendAsync(Path.GetFileName(file), text);
            Assert.Empty((await MendAsync(Path.GetFileName(file), mended)).Printed);
            page += $"\n## {Path.GetFileNameWithoutExtension(file)}\n\n```csharp\n{text[text.IndexOf("///", StringComparison.Ordinal)..].TrimEnd()}\n```\n\n```text\n{printed}\n```\n\n```diff\n{TextDifference.Of(text, mended)}\n```\n";
        }

        var path = Path.Combine(Folder, "README.md");
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
            await File.WriteAllTextAsync(path, page, TestContext.Current.CancellationToken);
        Assert.Equal((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"), page);
    }

    /// <summary>What the compiler prints, and the text after the first fix of each diagnostic.</summary>
    private static async Task<(string Printed, string Mended)> MendAsync(string name, string text)
    {
        var document = EditorWorkspace.NewProject().AddDocument(name, SourceText.From("global using System;\n" + text));
        var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        compilation = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        var all = await compilation.WithAnalyzers([new LoopAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var diagnostics = all.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning).ToList();
        var printed = string.Join('\n', diagnostics.Select(diagnostic =>
        {
            var start = diagnostic.Location.GetLineSpan().StartLinePosition;
            return $"{name}({start.Line},{start.Character + 1}): warning {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
        }));
        var changes = new List<System.Collections.Immutable.ImmutableArray<TextChange>>();
        foreach (var diagnostic in diagnostics)
            changes.Add((await new LoopFixProvider().FindAsync(document, diagnostic, TestContext.Current.CancellationToken))[0].Changes);
        var mended = await (await TextEdits.ApplyAsync(document, changes, TestContext.Current.CancellationToken)).GetTextAsync(TestContext.Current.CancellationToken);
        return (printed, mended.ToString()["global using System;\n".Length..]);
    }
}
