using System.Globalization;
using OptDsl.Mpi.Tests.Infrastructure;
using OptDsl.Mpi.Worker;

namespace OptDsl.Mpi.Tests;

/// <summary>Each rank keeps the states of its share alone.</summary>
public sealed class StateMemoryTests(ITestOutputHelper output)
{
    /// <summary>Shares are cut between chunks, of which the last may be short; two states of four bytes an element.</summary>
    private const long BytesOfAChunk = 2 * 4 * 4096;

    [MpiTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task States_are_divided_evenly_and_kept_once(int ranks)
    {
        var all = StateMemory.Of(new Optimizer<float>());
        var outcome = await Launcher.Run(ranks, "memory");

        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
        var bytes = Enumerable.Range(0, ranks).Select(rank => long.Parse(Assert.Single(outcome.Of(rank)), CultureInfo.InvariantCulture)).ToList();
        output.WriteLine($"{ranks} ranks: {string.Join(", ", bytes)} of {all} bytes");
        Assert.Equal(all, bytes.Sum());
        Assert.All(bytes, share => Assert.InRange(share, (all / ranks) - BytesOfAChunk, (all / ranks) + BytesOfAChunk));
    }
}
