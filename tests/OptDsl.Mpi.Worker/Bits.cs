using System.Numerics;

namespace OptDsl.Mpi.Worker;

/// <summary>What every scenario comes to, to the last bit.</summary>
public static class Bits
{
    private const int Calls = 6;

    /// <summary>A line for every scenario and element type, as one process has it.</summary>
    public static IEnumerable<string> OfOneProcess() =>
        Scenario.All.Select(scenario => Line<float>(scenario, new Optimizer<float>())).Concat(Scenario.All.Select(scenario => Line<double>(scenario, new Optimizer<double>())));

    /// <summary>Prints the lines of a world, where all ranks have the same.</summary>
    public static int Run(World world)
    {
        foreach (var scenario in Scenario.All)
            Print<float>(world, scenario);
        foreach (var scenario in Scenario.All)
            Print<double>(world, scenario);
        return 0;
    }

    private static void Print<T>(World world, Scenario scenario)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var reduction in Enum.GetValues<GradientReduction>())
        {
            var line = Line(scenario, new ShardedOptimizer<T>(world, reduction), world.Rank, world.Size, reduction == GradientReduction.Sum);
            var digest = Convert.ToUInt64(line.Split(' ')[^1], 16);
            var all = world.Gather(digest >> 32, digest & uint.MaxValue);
            if (all.Chunk(2).Any(other => other[0] != all[0] || other[1] != all[1]))
                line += " on this rank";
            if (world.Rank == 0)
                Console.WriteLine(line);
        }
    }

    private static string Line<T>(Scenario scenario, Optimizer<T> optimizer, int rank = 0, int ranks = 1, bool isSum = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var run = new ScenarioRun<T>(scenario, optimizer, rank, ranks, isSum);
        run.Run(Calls);
        return $"{typeof(T).Name} {scenario.Name}: {run.Digest()}";
    }
}
