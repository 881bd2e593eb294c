using Microsoft.CodeAnalysis;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>The ready-made rules under their own analyses.</summary>
public sealed class LibraryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_rule_of_the_library_has_a_warning()
    {
        var folder = Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src", "OptDsl", "Rules");
        var files = Directory.GetFiles(folder, "*.cs").Select(file => new SourceFile(Path.GetFileName(file), "using System;\n" + File.ReadAllText(file)));
        var compilation = TestCompilation.Create([.. files]);
        var diagnostics = await AnalyzerRun.DiagnoseAsync(compilation, [new LintAnalyzer()]);

        foreach (var diagnostic in diagnostics)
            output.WriteLine(diagnostic.ToString());
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }
}
