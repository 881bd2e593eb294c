using System.Text.RegularExpressions;

namespace OptDsl.Samples.Tests;

public sealed partial class QuickstartTests
{
    [Fact]
    public async Task Quickstart_classifies_at_least_96_percent()
    {
        var run = await SampleRun.Of("Quickstart");
        var last = run.Lines.Last(line => line.StartsWith("Test: ", StringComparison.Ordinal));

        Assert.InRange(double.Parse(Accuracy().Match(last).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 96, 100);
    }

    [Fact]
    public async Task Quickstart_leaves_the_frozen_body_alone()
    {
        var run = await SampleRun.Of("Quickstart");

        Assert.Contains("Frozen: 2 tensors, bit for bit as they were.", run.Lines);
    }

    [Fact]
    public async Task Quickstart_shows_the_formulas_and_the_cost_of_its_kernel()
    {
        var run = await SampleRun.Of("Quickstart");

        Assert.Contains("v = μv + g + λW", run.Output, StringComparison.Ordinal);
        Assert.Contains("reads W, g, v; writes v, W", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Bytes an element\s+│ 20 ", run.Output);
        var file = Assert.Single(run.Lines, line => line.StartsWith("Read the kernel: ", StringComparison.Ordinal))["Read the kernel: ".Length..];
        Assert.True(File.Exists(Path.Combine(Repository.Root, file)), $"{file} is not there.");
    }

    [Fact]
    public async Task Quickstart_gives_the_same_numbers_again_in_another_culture()
    {
        var first = await SampleRun.Of("Quickstart");
        var second = await SampleRun.Start("Quickstart", culture: "de_DE.UTF-8");

        Assert.Equal(WithoutTimes(first), WithoutTimes(second));
    }

    private static string[] WithoutTimes(SampleRun run) =>
        [.. run.Lines.Where(line => !line.Contains("Share of the time", StringComparison.Ordinal)
            && !line.EndsWith("examples/s", StringComparison.Ordinal)
            && !line.StartsWith("All in", StringComparison.Ordinal))];

    [GeneratedRegex(@"accuracy ([0-9.]+) %")]
    private static partial Regex Accuracy();
}
