namespace OptDsl.Samples.Tests;

/// <summary>The table of each source's number against ours is up to date, and the numbers agree.</summary>
public sealed class NumbersTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.SampleFolder("Numbers"), "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task The_committed_table_is_the_one_that_the_sample_prints()
    {
        var run = await SampleRun.Start("Numbers", columns: 200);

        Assert.True(Page.EndsWith(run.Output, StringComparison.Ordinal), $"samples/Numbers/README.md is out of date: run the sample and commit what it writes.\n{run.Output}");
    }

    [Fact]
    public void Exact_and_recorded_numbers_differ_by_rounding_only() =>
        Assert.All(Rows().Where(row => IsExact(row[0], row[1])), row => Assert.Equal("< 10⁻¹²", row[4]));

    [Theory]
    [InlineData("lecture notes", 18)]
    [InlineData("PyTorch 2.6.0", 23)]
    [InlineData("timm 1.0.29.dev0", 2)]
    [InlineData("textbook", 14)]
    [InlineData("arithmetic", 4)]
    public void Every_source_has_its_rows(string source, int rows) => Assert.Equal(rows, Rows().Count(row => row[0] == source));

    private static bool IsExact(string source, string quantity) =>
        source is "PyTorch 2.6.0" or "timm 1.0.29.dev0" || quantity.StartsWith("v'", StringComparison.Ordinal) || quantity.StartsWith("W'", StringComparison.Ordinal)
        || quantity.StartsWith("0.1x₁²", StringComparison.Ordinal);

    private static List<string[]> Rows() =>
        [.. Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2).Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).Select(Padded)];

    private static string[] Padded(string[] cells) => [.. cells, .. Enumerable.Repeat("", 5 - cells.Length)];
}
