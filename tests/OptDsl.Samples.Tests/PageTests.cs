namespace OptDsl.Samples.Tests;

/// <summary>Every sample has a program, a declaration and a page, and is named where a reader looks.</summary>
public sealed class PageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples");

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Folder, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => name != "Shared").Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_has_a_short_page_with_its_command(string sample)
    {
        var page = File.ReadAllLines(Path.Combine(Folder, sample, "README.md"));

        Assert.Contains(page, line => line.Contains($"--project samples/{sample}", StringComparison.Ordinal) || line.Contains($"dotnet build samples/{sample}", StringComparison.Ordinal) || line.Contains($"dotnet publish samples/{sample}", StringComparison.Ordinal));
        Assert.InRange(page.TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal) && !line.StartsWith("| source", StringComparison.Ordinal)).Count(), 5, 60);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_listed_on_the_page_of_all(string sample) =>
        Assert.Contains($"[{sample}]({sample})", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_declares_rules_of_its_own(string sample)
    {
        if (sample is "Numbers" or "Playground" or "HandWritten")
            return; // They run those of the others and of the library; one is about code without rules.
        var sources = Directory.EnumerateFiles(Path.Combine(Folder, sample), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.Contains(sources, path => File.ReadAllText(path) is var text && (text.Contains("[UpdateRule(", StringComparison.Ordinal) || text.Contains("[Schedule(", StringComparison.Ordinal)));
    }
}
