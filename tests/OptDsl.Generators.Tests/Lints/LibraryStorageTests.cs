using System.Globalization;
using System.Text.RegularExpressions;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>The ready-made rules with all their element-wise states in fewer bits. What becomes of such steps is in the runtime's tests.</summary>
public sealed partial class LibraryStorageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("BFloat16")]
    [InlineData("Block8")]
    public async Task Variances_of_rounded_averages_are_told_and_nothing_else(string storage)
    {
        var folder = Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src", "OptDsl", "Rules");
        var files = Directory.GetFiles(folder, "*.cs").Select(file => new SourceFile(
            Path.GetFileName(file), "using System;\n" + ElementState().Replace(File.ReadAllText(file), $"$0, Storage = Storage.{storage}")));
        var diagnostics = await AnalyzerRun.DiagnoseAsync(TestCompilation.Create([.. files]), [new LintAnalyzer()]);
        var told = diagnostics.Where(diagnostic => diagnostic.Id == "OPT315").ToList();
        foreach (var diagnostic in told)
            output.WriteLine(diagnostic.ToString());
        Assert.Equal(
            ["RmsProp.cs v", "RmsProp.cs ḡ", "RmsPropTF.cs v", "RmsPropTF.cs ḡ"],
            told.Select(diagnostic => $"{Path.GetFileName(diagnostic.Location.SourceTree!.FilePath)} {diagnostic.GetMessage(CultureInfo.InvariantCulture).Split(' ')[0]}").Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""\[State\("[^"]+"(?=[^\]]*\])(?![^\]]*(?:Per|Shape) =)""")]
    private static partial Regex ElementState();
}
