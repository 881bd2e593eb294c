using System.Diagnostics;
using System.Globalization;
using OptDsl.Rules;

namespace OptDsl.Mpi.Worker;

/// <summary>The time of a step, of what it consists of, and the memory of its states.</summary>
internal static class Speed
{
    private const int Rounds = 15;

    public static int Run(World world, int elements)
    {
        var (weights, gradient) = (new float[elements], new float[elements]);
        gradient.AsSpan().Fill(0.25f);
        var sharded = new ShardedOptimizer<float>(world) { MaxDegreeOfParallelism = 1 };
        sharded.Add(new AdamW(), new Parameter<float>("w", weights, gradient));
        var step = Median(world, () => sharded.Step());
        var barrier = Median(world, world.Barrier);
        var alone = double.NaN;
        if (world.Size == 1)
        {
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1 };
            optimizer.Add(new AdamW(), new Parameter<float>("w", new float[elements], gradient));
            alone = Median(world, () => optimizer.Step());
        }

        if (world.Rank == 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ranks {world.Size} elements {elements} step {1e6 * step:0} us, barrier {1e6 * barrier:0.0} us, one optimizer {1e6 * alone:0} us, states {sharded.Groups[0].StateBytes} bytes"));
        return 0;
    }

    private static double Median(World world, Action act)
    {
        for (var i = 0; i < 3; i++)
            act();
        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            world.Barrier();
            var started = Stopwatch.GetTimestamp();
            act();
            times[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
