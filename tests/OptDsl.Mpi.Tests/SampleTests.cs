using OptDsl.Mpi.Tests.Infrastructure;

namespace OptDsl.Mpi.Tests;

public sealed class SampleTests
{
    [MpiFact]
    public async Task The_sample_draws_the_same_curve_for_every_number_of_ranks()
    {
        var curves = new List<string[]>();
        for (var ranks = 1; ranks <= 4; ranks++)
        {
            var outcome = await Launcher.RunProgram(ranks, Path.Combine(AppContext.BaseDirectory, "DataParallel.dll"), "--short");
            Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
            curves.Add([.. outcome.Lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal))]);
        }

        Assert.Equal(3, curves[0].Length);
        Assert.All(curves, curve => Assert.Equal(curves[0], curve));
    }
}
