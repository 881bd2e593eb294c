using System.Diagnostics;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>
/// Times contestants side by side: every round runs all of them, in an order of its own, so that what disturbs the machine
/// disturbs all alike; ratios are taken within a round.
/// </summary>
internal static class Race
{
    private const double Undisturbed = 0.08;
    private const int Tries = 3;

    /// <summary>Runs the rounds; again, a few times, while other processes used the processors.</summary>
    /// <param name="contestants">Who runs.</param>
    /// <param name="reset">Sets all tensors back, before each turn, or null where that would cost more than the turn.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="turn">How long a contestant steps in a round, at least one step.</param>
    public static RaceResult Run(IReadOnlyList<Contestant> contestants, Action? reset, int rounds, TimeSpan turn)
    {
        var steps = contestants.Select(contestant => Calibrate(contestant, reset, turn)).ToArray();
        for (var tries = 1; ; tries++)
        {
            var load = new ForeignLoad();
            var times = Rounds(contestants, steps, reset, rounds);
            var share = load.Share;
            if (share <= Undisturbed || tries == Tries)
                return new RaceResult(contestants.Select((contestant, i) => (contestant.Name, times[i])).ToDictionary(), share > Undisturbed);
        }
    }

    private static double[][] Rounds(IReadOnlyList<Contestant> contestants, int[] steps, Action? reset, int rounds)
    {
        var random = new System.Random(1);
        var times = contestants.Select(_ => new double[rounds]).ToArray();
        var order = Enumerable.Range(0, contestants.Count).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                reset?.Invoke();
                contestants[i].Step(1);
                times[i][round] = Time(contestants[i], steps[i]) / steps[i];
            }
        }

        return times;
    }

    private static int Calibrate(Contestant contestant, Action? reset, TimeSpan turn)
    {
        reset?.Invoke();
        contestant.Step(1);
        for (var steps = 1; ; steps *= 2)
        {
            var time = Time(contestant, steps);
            if (time >= turn.TotalNanoseconds / 2)
                return Math.Max(1, (int)(steps * turn.TotalNanoseconds / time));
        }
    }

    private static double Time(Contestant contestant, int steps)
    {
        var start = Stopwatch.GetTimestamp();
        for (var step = 0; step < steps; step++)
            contestant.Step(2 + step);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}

/// <summary>Nanoseconds a step, per contestant and round.</summary>
/// <param name="Times">The times.</param>
/// <param name="Disturbed">True where other processes used the processors even in the last try.</param>
internal sealed record RaceResult(IReadOnlyDictionary<string, double[]> Times, bool Disturbed)
{
    /// <summary>How many times as long one took as another.</summary>
    public Spread? Ratio(string contestant, string other) => Times.TryGetValue(contestant, out var times) && Times.TryGetValue(other, out var others)
        ? Spread.Of(times.Zip(others, (time, otherTime) => time / otherTime))
        : null;

    /// <summary>The middle of a contestant's times.</summary>
    public double? Nanoseconds(string contestant) => Times.TryGetValue(contestant, out var times) ? Spread.Of(times).Median : null;
}
