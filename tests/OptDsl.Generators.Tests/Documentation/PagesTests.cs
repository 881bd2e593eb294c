using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>C# on the pages compiles without a warning as it is printed, and programs run; no page is forgotten.</summary>
public sealed class PagesTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, ".."));

    /// <summary>The pages that have tests of their own, since they show more than code or need other libraries.</summary>
    private static readonly Dictionary<string, string> s_others = new()
    {
        ["README.md"] = nameof(ReadmeTests),
        ["generators/DIAGNOSTICS.md"] = nameof(DiagnosticsPageTests),
        ["samples/BrokenRules/README.md"] = nameof(BrokenRulesTests),
        ["samples/HandWritten/README.md"] = nameof(HandWrittenTests),
        ["src/GUIDE.md"] = nameof(GuideTests),
        ["src/LOOPS.md"] = nameof(LoopsPageTests),
        ["src/OptDsl.Language/README.md"] = "LanguagePackageTests",
        ["src/OptDsl.Mpi/README.md"] = "MpiPackageTests",
        ["src/OptDsl.Torch/README.md"] = "PageTests",
        ["src/OptDsl.Training/README.md"] = "TrainingPackageTests",
    };

    public static TheoryData<string> Pages => [.. WithCode().Where(page => !s_others.ContainsKey(page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_block_compiles_and_every_program_runs(string page)
    {
        foreach (var block in MarkdownPage.Read(Path.Combine(s_root, page)).Blocks("csharp"))
        {
            var isProgram = CSharpSyntaxTree.ParseText(block.Text, cancellationToken: TestContext.Current.CancellationToken)
                .GetCompilationUnitRoot(TestContext.Current.CancellationToken).Members.OfType<GlobalStatementSyntax>().Any();
            var image = await PageProgram.CompileAsync(PageProgram.Create([new SourceFile($"Line{block.Line}.cs", block.Text)], isLibrary: !isProgram));
            if (isProgram)
                await PageProgram.RunAsync(image);
        }
    }

    [Fact]
    public void Pages_with_tests_of_their_own_have_them()
    {
        Assert.All(s_others, page => Assert.Contains(page.Key, WithCode()));
        var tests = Directory.GetFiles(Path.Combine(s_root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        Assert.All(s_others, page => Assert.Contains(page.Value, tests));
    }

    private static List<string> WithCode() => [.. Directory.EnumerateFiles(s_root, "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(s_root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules" or ".git"))
        .Where(path => MarkdownPage.Read(Path.Combine(s_root, path)).Blocks("csharp").Any()).Order(StringComparer.Ordinal)];
}
