using System.Globalization;
using OptDsl.Mpi.Tests.Infrastructure;
using OptDsl.Mpi.Worker;

namespace OptDsl.Mpi.Tests;

/// <summary>One file, whoever writes it.</summary>
public sealed class CheckpointTests
{
    public static TheoryData<string, int> Scenarios => new()
    {
        { "Prodigy", 4 }, { "averages and lookahead", 5 }, { "accumulation", 5 }, { "freezing", 4 }, { "a loss scale and a gradient that is not finite", 4 },
    };

    [MpiTheory]
    [MemberData(nameof(Scenarios))]
    public async Task Any_number_of_ranks_writes_the_file_of_one_optimizer_and_goes_on_from_it(string name, int calls)
    {
        using var folder = new TemporaryFolder();
        var scenario = Scenario.All.Single(one => one.Name == name);
        var alone = new ScenarioRun<float>(scenario, new Optimizer<float>());
        alone.Run(calls);
        alone.Optimizer.Save(folder["alone"]);
        var expected = await File.ReadAllBytesAsync(folder["alone"], TestContext.Current.CancellationToken);
        var resumed = new ScenarioRun<float>(scenario, new Optimizer<float>());
        resumed.Optimizer.Load(folder["alone"]);
        resumed.Calls = (int)resumed.Optimizer.StepCount;
        resumed.Run(3);
        var digest = resumed.Digest();

        for (var ranks = 1; ranks <= 4; ranks++)
        {
            var saved = await Launcher.Run(ranks, "save", folder["shared"], name, calls.ToString(CultureInfo.InvariantCulture));
            Assert.True(saved.ExitCode == 0, saved.Output + saved.Errors);
            Assert.Equal(expected, await File.ReadAllBytesAsync(folder["shared"], TestContext.Current.CancellationToken));
            var loaded = await Launcher.Run(5 - ranks, "load", folder["shared"], name, "3");
            Assert.True(loaded.ExitCode == 0, loaded.Output + loaded.Errors);
            Assert.Equal([digest], loaded.Lines);
        }

        Assert.Equal(["alone", "shared"], folder.Files.Order());
    }

    [MpiFact]
    public async Task A_file_that_is_damaged_is_refused_by_all_as_by_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["broken"], "12345678901234567890", TestContext.Current.CancellationToken);

        var outcome = await Launcher.Run(3, "load", folder["broken"], "AdamW", "1");

        var said = Enumerable.Range(0, 3).SelectMany(outcome.Of).ToList();
        Assert.Equal(3, said.Count);
        Assert.StartsWith("CheckpointException: ", Assert.Single(said.Distinct()), StringComparison.Ordinal);
    }

    [MpiFact]
    public async Task A_folder_that_is_not_there_is_told_to_all()
    {
        using var folder = new TemporaryFolder();

        var outcome = await Launcher.Run(2, "save", folder["nowhere/file"], "AdamW", "1");

        var said = Enumerable.Range(0, 2).SelectMany(outcome.Of).ToList();
        Assert.Equal(2, said.Count);
        Assert.Contains("Rank 0 failed in Save: DirectoryNotFoundException", Assert.Single(said.Distinct()), StringComparison.Ordinal);
    }

    [MpiFact]
    public async Task Kills_of_any_rank_leave_a_complete_file_from_which_training_goes_on()
    {
        using var folder = new TemporaryFolder();
        var path = folder["model"];
        var random = new Random(3);
        var kills = int.Parse(Environment.GetEnvironmentVariable("OPTDSL_KILLS") ?? "6", CultureInfo.InvariantCulture);
        var last = 0L;
        for (var kill = 0; kill < kills; kill++)
        {
            var ranks = 2 + (kill % 3);
            using var job = Launcher.Start(ranks, [], ["train", path]);
            var processes = new Dictionary<int, int>();
            var reported = 0L;
            while ((processes.Count < ranks || reported == 0) && await job.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("saved ", StringComparison.Ordinal))
                    reported = long.Parse(line[6..], CultureInfo.InvariantCulture);
                else if (line.StartsWith('['))
                    processes.Add(line[1] - '0', int.Parse(line[12..], CultureInfo.InvariantCulture));
            }

            Assert.True(reported > 0, "The job has ended before it was killed.");
            var rest = job.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = job.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
            System.Diagnostics.Process.GetProcessById(processes[random.Next(ranks)]).Kill();
            await job.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.NotEqual(0, job.ExitCode);
            _ = await rest + await errors;

            var scenario = Scenario.All.Single(one => one.Name == "averages and lookahead");
            var alone = new ScenarioRun<float>(scenario, new Optimizer<float>());
            var loaded = new ScenarioRun<float>(scenario, new Optimizer<float>());
            var step = loaded.Optimizer.Load(path).Step;
            Assert.True(step >= reported && step > last, $"Step {reported} was saved, and step {step} is in the file; before it was {last}.");
            alone.Run((int)step);
            Assert.Equal(alone.Digest(), loaded.Digest());
            last = step;
        }
    }
}
