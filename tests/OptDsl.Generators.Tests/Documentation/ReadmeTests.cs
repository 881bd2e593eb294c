using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>What README.md says is so: its C# compiles and runs, its diagnostics are the compiler's, its links lead somewhere.</summary>
public sealed class ReadmeTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, ".."));

    private static readonly MarkdownPage Page = MarkdownPage.Read(Path.Combine(Root, "README.md"));

    [Fact]
    public async Task Every_block_of_code_compiles_and_runs()
    {
        var declarations = new List<SourceFile>();
        foreach (var block in Page.Blocks("csharp").Where(block => Page.Next(block)?.Language != "text"))
        {
            var isDeclaration = IsDeclaration(block.Text);
            var file = new SourceFile($"Line{block.Line}.cs", block.Text);
            var image = await PageProgram.CompileAsync(PageProgram.Create([.. declarations, file], isDeclaration));
            if (isDeclaration)
                declarations.Add(file);
            else
                await PageProgram.RunAsync(image);
        }
    }

    [Fact]
    public async Task The_diagnostics_shown_are_those_of_the_code_above()
    {
        var shown = Page.Blocks("text").ToArray();
        Assert.NotEmpty(shown);
        foreach (var block in shown)
        {
            var code = Page.Previous(block)!;
            Assert.Equal("csharp", code.Language);
            var name = CSharpSyntaxTree.ParseText(code.Text, cancellationToken: TestContext.Current.CancellationToken)
                .GetCompilationUnitRoot(TestContext.Current.CancellationToken).Members.OfType<ClassDeclarationSyntax>().First().Identifier.Text;
            var run = GeneratorRun.Of(PageProgram.Create([new SourceFile($"{name}.cs", code.Text)], isLibrary: true));

            Assert.Equal(block.Text.TrimEnd(), await PrintedDiagnostics.OfAsync(run));
        }
    }

    [Fact]
    public void There_are_two_commands()
    {
        var commands = Page.Blocks("sh").First().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["dotnet run -c Release --project samples/Quickstart", "dotnet test"], commands);
        Assert.True(File.Exists(Path.Combine(Root, "samples", "Quickstart", "Quickstart.csproj")));
        Assert.True(File.Exists(Path.Combine(Root, "OptDsl.sln")));
    }

    [Fact]
    public void Every_link_and_picture_is_there() => Assert.All(
        Page.Links.Where(link => !link.StartsWith("https://", StringComparison.Ordinal)),
        link => Assert.True(Path.Exists(Path.Combine(Root, link.Split('#')[0])), $"{link} is not there."));

    private static bool IsDeclaration(string code) =>
        !CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
}
