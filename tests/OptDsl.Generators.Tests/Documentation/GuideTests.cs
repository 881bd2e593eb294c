using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The guide's programs compile as they are printed, and print what stands below them.</summary>
public sealed class GuideTests
{
    private const int MostLines = 40;
    private static readonly string s_folder = Path.GetFullPath(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src"));
    private static readonly string s_path = Path.Combine(s_folder, "GUIDE.md");
    private static readonly MarkdownPage s_page = MarkdownPage.Read(s_path);

    public static TheoryData<string> Chapters => [.. Sections().Where(section => section.Value.Blocks("csharp").Any()).Select(section => section.Key)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task A_program_prints_what_stands_below_it(string chapter)
    {
        var section = Sections()[chapter];
        var program = Assert.Single(section.Blocks("csharp"));
        var image = await PageProgram.CompileAsync(PageProgram.Create([new SourceFile("Program.cs", program.Text)], isLibrary: false));
        var printed = await PageProgram.RunAsync(image, Directory.GetFiles(Path.Combine(s_folder, "guide")));
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
            Accept(chapter, printed);
        else
            Assert.Equal(section.Next(program)!.Text, printed);
    }

    /// <summary>The five programs for which a reader comes.</summary>
    [Theory]
    [InlineData("The optimizer")]
    [InlineData("Freezing")]
    [InlineData("Comparing rules")]
    [InlineData("Checkpoints")]
    [InlineData("Bounds")]
    public void A_program_needs_no_detour(string chapter) =>
        Assert.InRange(Assert.Single(Sections()[chapter].Blocks("csharp")).Text.TrimEnd().Split('\n').Length, 1, MostLines);

    [Fact]
    public void Every_link_leads_somewhere() => Assert.All(
        s_page.Links.Where(link => !link.StartsWith('#')), link => Assert.True(Path.Exists(Path.Combine(s_folder, link.Split('#')[0])), $"{link} is not there."));

    private static Dictionary<string, MarkdownPage> Sections() => File.ReadAllText(s_path).ReplaceLineEndings("\n").Split("\n## ").Skip(1)
        .ToDictionary(section => section.Split('\n')[0], MarkdownPage.Parse);

    private static readonly Lock s_accepting = new();

    private static void Accept(string chapter, string printed)
    {
        lock (s_accepting)
        {
            var text = File.ReadAllText(s_path);
            var start = text.IndexOf("```text\n", text.IndexOf($"\n## {chapter}\n", StringComparison.Ordinal), StringComparison.Ordinal) + "```text\n".Length;
            var end = text.IndexOf("```", start, StringComparison.Ordinal);
            File.WriteAllText(s_path, text[..start] + printed + text[end..]);
        }
    }
}
