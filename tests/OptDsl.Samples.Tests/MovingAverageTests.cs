using System.Globalization;

namespace OptDsl.Samples.Tests;

public sealed class MovingAverageTests
{
    [Theory]
    [InlineData("0.9", 10)]
    [InlineData("0.95", 20)]
    [InlineData("0.99", 100)]
    public async Task Weights_are_those_of_an_exponential_average(string decay, int reach)
    {
        var run = await SampleRun.Of("MovingAverage");
        var row = run.Table("╭").Single(cells => cells[0] == decay);
        var gamma = double.Parse(decay, CultureInfo.InvariantCulture);

        Assert.Equal($"{reach}", row[1]);
        Assert.Equal(1 - gamma, double.Parse(row[2], CultureInfo.InvariantCulture), 1e-4);
        Assert.Equal(Math.Pow(gamma, reach), double.Parse(row[4], CultureInfo.InvariantCulture), 1e-4);
        Assert.Equal(1 - Math.Pow(gamma, reach), double.Parse(row[5], CultureInfo.InvariantCulture), 1e-4);
    }

    [Fact]
    public async Task The_correction_starts_where_the_gradients_are()
    {
        var run = await SampleRun.Of("MovingAverage");

        Assert.Contains("A gradient of one throughout, γ = 0.9: the plain average starts at 0.1000, the corrected one at 1.0000.", run.Lines);
    }

    [Fact]
    public async Task Adam_without_correction_oversteps_as_its_formulas_say()
    {
        var run = await SampleRun.Of("MovingAverage");

        // (1 - 0.9ᵗ) / √(1 - 0.999ᵗ): 3.16 at t = 1, 6.57 at its largest, at t = 12.
        Assert.Contains(run.Lines, line => line.StartsWith("Adam without correction: the first step is 3.1", StringComparison.Ordinal) && line.EndsWith("at t = 12.", StringComparison.Ordinal));
        Assert.Contains("Adam as published: the first step is 1.00 times the settled one, the largest 1.00 times.", run.Lines);
    }
}
