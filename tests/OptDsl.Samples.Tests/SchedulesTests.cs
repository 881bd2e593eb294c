namespace OptDsl.Samples.Tests;

public sealed class SchedulesTests
{
    [Fact]
    public async Task The_two_marked_steps_are_those_of_the_notes()
    {
        var run = await SampleRun.Of("Schedules");

        Assert.Contains("Warm-up and cosine of the notes: 0.0550 at t = 5, 0.0419 at t = 60.", run.Lines);
    }

    [Fact]
    public async Task Every_ready_made_schedule_is_shown()
    {
        var run = await SampleRun.Of("Schedules");
        var names = Directory.GetFiles(Path.Combine(Repository.Root, "src", "OptDsl", "Schedules"), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Equal(names.Order(), run.Table("╭").Select(row => row[0].Split(',')[0]).Order());
    }

    [Theory]
    [InlineData("StepDecay", "0.10000 0.10000 0.10000 0.10000 0.02500 0.00625")]
    [InlineData("LinearWarmUp", "0.01000 0.01900 0.03025 0.05275 0.10000 0.10000")]
    public async Task Values_follow_the_formulas(string schedule, string values)
    {
        var run = await SampleRun.Of("Schedules");
        var row = run.Table("╭").Single(cells => cells[0] == schedule);

        Assert.Equal(values.Split(' '), row[1..]);
    }
}
