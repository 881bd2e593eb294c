using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Lifting;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The code on src/LOOPS.md compiles, and has what it shows.</summary>
public sealed class LoopsPageTests
{
    public static TheoryData<string> Blocks => [.. Page.Split("```csharp\n").Skip(1).Select(block => block.Split("\n```")[0])];

    private static string Page => File.ReadAllText(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src", "LOOPS.md")).ReplaceLineEndings("\n");

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Blocks_compile_and_have_the_marks_that_they_show(string block)
    {
        var marked = MarkedSource.Parse(new SourceFile("Loop.cs", block), null);
        var compilation = GeneratorRun.Of(TestCompilation.Create(marked.File)).Compilation;
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken));
        await LoopVerifier.VerifyAsync(compilation, marked);
    }
}
