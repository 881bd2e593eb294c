namespace OptDsl.Samples.Tests;

/// <summary>What the samples print stands right in consoles of 80 and of 120 columns.</summary>
public sealed class WidthTests
{
    public static TheoryData<string, int> Samples => new(
        from sample in (string[])["LinearRegression", "MomentumMatrix", "MovingAverage", "OrthogonalMomentum", "Quickstart", "Schedules", "Trajectories"]
        from columns in (int[])[80, 120]
        select (sample, columns));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task No_line_is_wider_than_the_console(string sample, int columns)
    {
        var run = columns == 120 ? await SampleRun.Of(sample) : await SampleRun.Start(sample, columns);
        Assert.Equal(0, run.ExitCode);

        // A path is one word, however long.
        Assert.All(run.Lines.Where(line => !IsPath(line)), line => Assert.True(line.TrimEnd().Length <= columns, line));
        Assert.DoesNotContain(run.Lines, line => line.Contains('…', StringComparison.Ordinal) && line.Contains('│', StringComparison.Ordinal));
    }

    /// <summary>A line that only names a file.</summary>
    private static bool IsPath(string line) => line.StartsWith("Picture: ", StringComparison.Ordinal) || line.StartsWith("Read the kernel: ", StringComparison.Ordinal);
}
