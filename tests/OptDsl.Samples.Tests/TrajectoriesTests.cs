using System.Globalization;
using System.Text.Json;
using Trajectories;

namespace OptDsl.Samples.Tests;

public sealed class TrajectoriesTests
{
    private static readonly JsonElement Seeds = JsonDocument.Parse(File.ReadAllText(Repository.Golden("seeds.json"))).RootElement;

    private static readonly Dictionary<string, JsonElement> Recorded =
        JsonDocument.Parse(File.ReadAllText(Repository.Golden("closed_loop.json"))).RootElement.GetProperty("cases").EnumerateArray()
            .ToDictionary(recorded => recorded.GetProperty("case").GetString()!);

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
            Assert.Equal(reference.GetProperty("x")[t][0].GetDouble(), point[0], 5.1e-5);
            Assert.Equal(reference.GetProperty("x")[t][1].GetDouble(), point[1], 5.1e-5);
        }
    }

    public static TheoryData<string> RecordedRuns => [.. Recorded.Keys];

    [Theory]
    [MemberData(nameof(RecordedRuns))]
    public void A_recorded_run_is_followed_point_by_point(string name)
    {
        var (_, landscape, rule) = Library.Recorded.Single(run => run.Case == name);
        var path = Descent.Run(rule, landscape, iterations: 60);
        var expected = Recorded[name].GetProperty("x").EnumerateArray().Select(point => (X: point[0].GetDouble(), Y: point[1].GetDouble())).ToArray();
        var tolerance = 1e-10 * expected.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y)));

        Assert.Equal(61, expected.Length);
        Assert.Equal(61, path.Length);
        for (var t = 0; t <= 60; t++)
        {
            Assert.Equal(expected[t].X, path[t].X, tolerance);
            Assert.Equal(expected[t].Y, path[t].Y, tolerance);
            Assert.Equal(Recorded[name].GetProperty("f")[t].GetDouble(), landscape.Value(path[t].X, path[t].Y), 1e-8);
        }
    }

    [Theory]
    [InlineData("quadratic_unit")]
    [InlineData("quadratic")]
    public void The_runs_of_the_seeds_are_followed_point_by_point(string name)
    {
        var landscape = name == "quadratic" ? Landscape.Bowl : Landscape.Quadratic;
        foreach (var run in Seeds.GetProperty(name).GetProperty("runs").EnumerateArray())
        {
            var (eta, gamma) = (run.GetProperty("eta").GetDouble(), run.GetProperty("gamma").GetDouble());
            IUpdateRule<double> rule = gamma == 0 ? new GradientDescent { StepSize = eta } : new HeavyBall { StepSize = eta, Decay = gamma };
            var path = Descent.Run(rule, landscape, iterations: 15);
            for (var t = 0; t <= 15; t++)
            {
                var (x, y) = (run.GetProperty("x")[t][0].GetDouble(), run.GetProperty("x")[t][1].GetDouble());
                Assert.Equal(x, path[t].X, 1e-12 * 5);
                Assert.Equal(y, path[t].Y, 1e-12 * Math.Max(2, Math.Abs(y)));
            }
        }
    }

    [Fact]
    public async Task The_table_of_recorded_runs_shows_their_ends()
    {
        var run = await SampleRun.Of("Trajectories");
        var rows = run.Table("Recorded runs");

        Assert.Equal(Recorded.Keys.Order(), rows.Select(row => row[0]).Order());
        foreach (var row in rows)
        {
            var last = Recorded[row[0]].GetProperty("x")[60];
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
            Directory.GetFiles(Path.Combine(Repository.Root, "src", "OptDsl", "Rules"), "*.cs").Where(path => File.ReadAllText(path).Contains("[UpdateRule(", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path)),
            rule => Assert.Contains($">{rule}</text>", picture, StringComparison.Ordinal));
    }
}
