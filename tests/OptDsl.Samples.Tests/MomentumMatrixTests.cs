using System.Globalization;
using System.Text.Json;

namespace OptDsl.Samples.Tests;

public sealed class MomentumMatrixTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Repository.Golden("seeds.json"))).RootElement.GetProperty("momentum_matrix");

    [Fact]
    public async Task The_velocity_is_that_of_the_notes()
    {
        var run = await SampleRun.Of("MomentumMatrix");

        Assert.Equal(Matrix(Expected.GetProperty("v_new_exact_decimal")), LastMatrix(run.Table("v' = 0.9 v + g + 0.005 W")));
    }

    [Theory]
    [InlineData(0, "W' = W - 0.1 v'")]
    [InlineData(1, "W' = W - 0.055 v' (warm-up, t = 5)")]
    [InlineData(2, "W' = W - 0.0419 v' (cosine, t = 60)")]
    public async Task The_weights_are_those_of_the_notes(int number, string heading)
    {
        var run = await SampleRun.Of("MomentumMatrix");

        Assert.Equal(Matrix(Expected.GetProperty("runs")[number].GetProperty("w_exact_decimal")), LastMatrix(run.Table(heading)));
    }

    [Fact]
    public async Task The_step_sizes_are_those_of_the_notes()
    {
        var run = await SampleRun.Of("MomentumMatrix");
        var stepSizes = run.Table("Step sizes").ToDictionary(row => row[0], row => row[1]);

        Assert.Equal("0.055000", stepSizes["5"]);
        Assert.Equal("0.100000", stepSizes["10"]);
        Assert.Equal("0.041904", stepSizes["60"]);
        Assert.Equal("0.001000", stepSizes["100"]);
    }

    private static double[][] Matrix(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];

    private static double[][] LastMatrix(List<string[]> table) =>
        [.. table.Select(row => row[^2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
}
