using System.Diagnostics;
using OptDsl.Mpi.Tests.Infrastructure;
using OptDsl.Rules;

namespace OptDsl.Mpi.Tests;

/// <summary>What goes wrong on one rank ends all of them with the same words, in bounded time.</summary>
public sealed class FaultTests
{
    [MpiTheory]
    [InlineData("schedule", "WorldException: Rank 2 failed in Step 3: InvalidOperationException: No rate today.")]
    [InlineData("pass", "WorldException: Rank 2 failed in Step 3: InvalidOperationException: A mistake in a pass.")]
    [InlineData("throw", "NonFiniteGradientException: The gradient of parameter 'w' is NaN at index 3210.")]
    [InlineData("shape", "WorldException: The ranks are different in Step 1: parameter 'w' is [100 × 50], with a gradient, in group 0 on ranks 0 and 1, and [50 × 100], with a gradient, in group 0 on rank 2.")]
    [InlineData("matrix", "NotSupportedException: The rule Muon of w sees rows and columns, and tensors are divided among the ranks by elements: give its parameters to an optimizer of their own on every rank")]
    [InlineData("name", "WorldException: The ranks are different in Step 1: parameter 'w' is [100 × 50], with a gradient, in group 0 on ranks 0 and 1, and missing on rank 2.")]
    [InlineData("more", "WorldException: The ranks are different in Step 1: parameter 'more' is missing on ranks 0 and 1, and [3], with a gradient, in group 1 on rank 2.")]
    [InlineData("rule", "WorldException: The ranks are different in Step 1: the rule of group 0 is AdamW on ranks 0 and 1, and Lion on rank 2.")]
    [InlineData("decay", "WorldException: The ranks are different in Step 1: WeightDecay of group 0 is 0.1 on ranks 0 and 1, and 0.2 on rank 2.")]
    [InlineData("clipping", "WorldException: The ranks are different in Step 1: Clipping is None on ranks 0 and 1, and ByGlobalNorm(1, Euclidean, 1E-06) on rank 2.")]
    [InlineData("weights", "WorldException: The ranks are different in Step 1: the digest of the first weights of parameter 'w' is ")]
    [InlineData("missing", "WorldException: The ranks are different in Step 3: parameter 'w' is [100 × 50], with a gradient, in group 0 on ranks 0 and 1, and [100 × 50], without a gradient, in group 0 on rank 2.")]
    [InlineData("order", "WorldException: The ranks do different things: ranks 0 and 1 in Step 3; rank 2 in Save. Every rank must make the same calls in the same order.")]
    public async Task Every_rank_says_the_same(string fault, string expected)
    {
        using var folder = new TemporaryFolder();
        var outcome = await Launcher.Run(3, "fault", fault, folder["file"]);

        var said = Enumerable.Range(0, 3).Select(rank => Assert.Single(outcome.Of(rank))).ToList();
        Assert.StartsWith(expected, Assert.Single(said.Distinct()), StringComparison.Ordinal);
        Assert.NotEqual(0, outcome.ExitCode);
    }

    [MpiTheory]
    [InlineData(1, "full", "IOException: ")]
    [InlineData(3, "full", "WorldException: Rank 2 failed in Save: IOException: ")]
    [InlineData(3, "full first", "WorldException: Rank 0 failed in Save: IOException: ")]
    public async Task A_full_disk_of_one_rank_leaves_the_checkpoint_from_before(int ranks, string fault, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process cannot bound the length of its files there.");
        using var folder = new TemporaryFolder();
        var outcome = await Launcher.Run(ranks, "fault", fault, folder["file"]);

        var said = Assert.Single(Enumerable.Range(0, ranks).Select(rank => Assert.Single(outcome.Of(rank))).Distinct());
        Assert.Equal($"{expected}'{folder["file"]}' cannot be written: it would be longer than the file system or a limit of this process allows.", said);
        Assert.NotEqual(0, outcome.ExitCode);

        Assert.Equal(["file"], folder.Files);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new AdamW { LearningRate = Schedule.From(_ => 0.01), WeightDecay = 0.1 }, new Parameter<float>("w", new float[5000], new float[5000], 100, 50));
        optimizer.Load(folder["file"]);
        Assert.Equal(2, optimizer.StepCount);
    }

    [MpiFact]
    public async Task A_gradient_that_is_not_finite_on_one_rank_is_skipped_by_all()
    {
        var outcome = await Launcher.Run(3, "fault", "skip");

        Assert.All(Enumerable.Range(0, 3), rank => Assert.Equal(["done, 3 steps, 1 skipped"], outcome.Of(rank)));
        Assert.Equal(0, outcome.ExitCode);
    }

    [MpiFact]
    public async Task Weights_that_were_drawn_apart_are_made_the_same()
    {
        var outcome = await Launcher.Run(3, "fault", "broadcast");

        Assert.All(Enumerable.Range(0, 3), rank => Assert.Equal(["done, 4 steps, 0 skipped"], outcome.Of(rank)));
    }

    [MpiFact]
    public async Task A_rank_that_leaves_is_missed()
    {
        var outcome = await Launcher.Run(3, "fault", "leave");

        Assert.All([0, 1], rank => Assert.Equal(
            ["WorldException: The ranks do different things: ranks 0 and 1 in Step 3; rank 2 in the end of its world. Every rank must make the same calls in the same order."], outcome.Of(rank)));
    }

    [MpiFact]
    public async Task A_rank_that_is_silent_is_not_waited_for_without_end()
    {
        var clock = Stopwatch.StartNew();
        var outcome = await Launcher.RunBehindShell(2, "fault", "timeout");

        Assert.StartsWith("WorldException: Rank 1 has not answered within 00:00:03 in Step 3.", Assert.Single(outcome.Of(0)), StringComparison.Ordinal);
        Assert.Single(outcome.Of(1));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [MpiTheory]
    [InlineData("kill", "WorldException: Rank 2 has died (process ")]
    [InlineData("crash", "WorldException: Rank 2 failed in its own code: AggregateException: One or more errors occurred. (A bug.)")]
    public async Task A_rank_that_dies_is_named_by_the_others(string fault, string expected)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await Launcher.RunBehindShell(3, "fault", fault);

        var said = Assert.Single(new[] { 0, 1 }.Select(rank => Assert.Single(outcome.Of(rank))).Distinct());
        Assert.StartsWith(expected, said, StringComparison.Ordinal);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [MpiTheory]
    [InlineData("kill")]
    [InlineData("crash")]
    public async Task A_rank_that_dies_ends_the_job(string fault)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await Launcher.Run(3, "fault", fault);

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Lines, line => line.Contains("done", StringComparison.Ordinal));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }
}
