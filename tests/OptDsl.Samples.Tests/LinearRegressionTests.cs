using System.Globalization;

namespace OptDsl.Samples.Tests;

public sealed class LinearRegressionTests
{
    private static readonly double[] Truth = [2, -3.4, 4.2];

    [Theory]
    [InlineData("momentum 0.9")]
    [InlineData("momentum 0.5")]
    public async Task The_estimate_meets_the_truth(string row)
    {
        var run = await SampleRun.Of("LinearRegression");

        Assert.InRange(Error(run.Table("╭"), row), 0, 0.002);
    }

    [Fact]
    public async Task Huber_meets_the_truth_through_outliers_and_the_squared_loss_does_not()
    {
        var run = await SampleRun.Of("LinearRegression");
        var rows = run.Table("With a tenth of the points off by 20");

        Assert.InRange(Error(rows, "squared loss"), 1.5, 3);
        Assert.InRange(Error(rows, "Huber, δ = 1"), 0, 0.2);
    }

    private static double Error(List<string[]> rows, string name) =>
        rows.Single(row => row[0] == name)[1..4].Zip(Truth, (cell, truth) => Math.Abs(double.Parse(cell, CultureInfo.InvariantCulture) - truth)).Max();
}
