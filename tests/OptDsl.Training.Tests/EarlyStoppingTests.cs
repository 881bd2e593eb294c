namespace OptDsl.Training.Tests;

public sealed class EarlyStoppingTests
{
    [Theory]
    [InlineData(2, 0, false, "5 4 4 4 4", "++... ", 4)] // The third in a row that is no better.
    [InlineData(0, 0, false, "5 4 6", "++.", 2)]
    [InlineData(1, 0.5, false, "5 4.6 4.4 4.2 4", "+.+..", 4)]
    [InlineData(1, 0, true, "1 2 2 3 3 3", "++.+..", 5)]
    [InlineData(1, 0, false, "NaN NaN NaN", "...", 1)]
    [InlineData(3, 0, false, "NaN 3 NaN 2", ".+.+", -1)]
    public void It_stops_after_as_many_bad_observations_as_patience_allows(int patience, double improvement, bool maximize, string values, string best, int stopsAt)
    {
        var stopping = new EarlyStopping { Patience = patience, Improvement = improvement, Maximize = maximize };
        var observed = values.Split(' ').Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        for (var i = 0; i < observed.Count; i++)
        {
            Assert.Equal(best[i] == '+', stopping.Observe(observed[i]));
            Assert.Equal(stopsAt >= 0 && i >= stopsAt, stopping.ShouldStop);
        }
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Improvement = double.NaN });
    }
}
