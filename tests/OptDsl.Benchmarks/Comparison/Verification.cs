using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>Who is timed computes the rule: each contestant against double, at lengths around the vectors' and blocks', for three steps.</summary>
internal static class Verification
{
    // What float's rounding of 1-β leaves of a contestant that computes it in float.
    private const double RelativeTolerance = 2e-4;
    private const double AbsoluteTolerance = 1e-6;
    private static readonly int[] Lengths = [1, 2, 7, 8, 9, 31, 64, 100, 1023, 1024, 2049, 4097, 16_389];

    /// <summary>Holds a step against the rule's reference.</summary>
    /// <exception cref="InvalidOperationException">It computes something else.</exception>
    public static void Verify(BenchmarkRule rule, string name, SliceStep step)
    {
        foreach (var length in Lengths)
        {
            using var tensors = new Tensors(length, rule.Buffers);
            var W = Doubles(tensors.W);
            var g = Doubles(tensors.G);
            double[][] states = [.. Enumerable.Range(0, rule.States).Select(_ => new double[length])];
            for (var t = 1; t <= 3; t++)
            {
                step(tensors, 0, length, t);
                rule.Reference(W, g, states, t);
            }

            Compare(rule, name, "W", tensors.W, W);
            for (var i = 0; i < rule.States; i++)
                Compare(rule, name, $"state {i + 1}", tensors.State(i).GetSpan(), states[i]);
        }
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < doubles.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    private static void Compare(BenchmarkRule rule, string name, string tensor, ReadOnlySpan<float> actual, double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= AbsoluteTolerance + (RelativeTolerance * Math.Abs(expected[i]))))
                throw new InvalidOperationException($"{rule.Name}, {name}: {tensor}[{i}] of {expected.Length} is {actual[i]:R} instead of {expected[i]:R}.");
        }
    }
}
