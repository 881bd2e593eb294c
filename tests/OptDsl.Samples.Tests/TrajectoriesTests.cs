using System.Globalization;
using System.Text.Json;

namespace OptDsl.Samples.Tests;

public sealed class TrajectoriesTests
{
    private static readonly JsonElement Seeds = JsonDocument.Parse(File.ReadAllText(Repository.Golden("seeds.json"))).RootElement;

    [Theory]
    [InlineData(0, 0.9, 0)]
    [InlineData(1, 1.1, 0)]
    [InlineData(2, 0.9, 0.2)]
    [InlineData(3, 1.1, 0.2)]
    public async Task The_four_paths_are_those_of_the_reference(int column, double eta, double gamma)
    {
        var run = await SampleRun.Of("Trajectories");
        var reference = Seeds.GetProperty("quadratic_unit").GetProperty("runs")[column];
        Assert.Equal(eta, reference.GetProperty("eta").GetDouble());
        Assert.Equal(gamma, reference.GetProperty("gamma").GetDouble());

        var rows = run.Table("f = 0.1x₁² + x₂²");
        Assert.Equal(16, rows.Count);
        for (var t = 0; t < rows.Count; t++)
        {
            var point = rows[t][column + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(reference.GetProperty("x")[t][0].GetDouble(), point[0], 1e-6);
            Assert.Equal(reference.GetProperty("x")[t][1].GetDouble(), point[1], 1e-6);
        }
    }

    [Fact]
    public async Task Recorded_runs_end_where_the_other_implementations_ended()
    {
        var run = await SampleRun.Of("Trajectories");
        var cases = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Golden("closed_loop.json"), TestContext.Current.CancellationToken))
            .RootElement.GetProperty("cases").EnumerateArray().ToDictionary(recorded => recorded.GetProperty("case").GetString()!, recorded => recorded.GetProperty("x"));
        var rows = run.Table("Recorded runs");

        Assert.Equal(cases.Keys.Order(), rows.Select(row => row[0]).Order());
        foreach (var row in rows)
        {
            var last = cases[row[0]][60];
            Assert.Equal(last[0].GetDouble(), double.Parse(row[1], CultureInfo.InvariantCulture), 1e-9);
            Assert.Equal(last[1].GetDouble(), double.Parse(row[2], CultureInfo.InvariantCulture), 1e-9);
        }
    }

    [Fact]
    public async Task Every_ready_made_rule_has_a_panel()
    {
        var run = await SampleRun.Of("Trajectories");
        var picture = await File.ReadAllTextAsync(Path.Combine(run.Folder, "two-holes.svg"), TestContext.Current.CancellationToken);

        Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Root, "src", "OptDsl", "Rules"), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)),
            rule => Assert.Contains($">{rule}</text>", picture, StringComparison.Ordinal));
    }
}
