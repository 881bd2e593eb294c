using OptDsl.Mpi.Tests.Infrastructure;
using OptDsl.Mpi.Worker;

namespace OptDsl.Mpi.Tests;

/// <summary>
/// Every rule of the library, and everything that an optimizer does beside them, in float and in double, with gradients whose mean or sum over
/// the ranks is exactly that of one process: weights, states, averages and measures are the same, bit for bit.
/// </summary>
public sealed class BitsTests(ITestOutputHelper output)
{
    private static readonly Lazy<string[]> s_expected = new(() => [.. Bits.OfOneProcess()]);

    [MpiTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_number_of_ranks_computes_the_bits_of_one_optimizer(int ranks)
    {
        var outcome = await Launcher.Run(ranks, "bits");

        // Each line twice: for the mean and for the sum.
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
        Assert.Equal(s_expected.Value.SelectMany(line => new[] { line, line }), outcome.Lines);
        output.WriteLine($"{s_expected.Value.Length} scenarios");
    }

    [Fact]
    public void Scenarios_differ() => Assert.Distinct(Scenario.All.Select(scenario => scenario.Name));
}
