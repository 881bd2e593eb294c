using System.Numerics;
using OptDsl.Rules.Matrices;
using OptDsl.Tests.Rules.Papers;

namespace OptDsl.Tests.Rules;

/// <summary>The rules of matrices without a recorded trajectory, against independent statements of their algorithms.</summary>
public sealed class MatrixPaperTests
{
    /// <summary>The rules that are covered.</summary>
    internal static IReadOnlyList<Type> Covered { get; } = [typeof(AdamP)];

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void AdamP_is_its_authors(int kind, bool nesterov)
    {
        foreach (var shape in (int[][])[[5, 7], [3, 4, 2, 2], [6]])
        {
            var (inDouble, kinds) = Difference<double>(shape, kind, nesterov);
            var (inFloat, _) = Difference<float>(shape, kind, nesterov);
            Assert.True(inDouble <= 1e-12, $"{string.Join("×", shape)}: {inDouble:e1}");
            Assert.True(inFloat <= 2e-5, $"{string.Join("×", shape)}: {inFloat:e1}");
            Assert.True(kinds[shape.Length == 1 ? 2 : kind] >= 25, string.Join(" ", kinds));
        }
    }

    /// <summary>The largest difference of any weight in 30 steps, and how the steps were projected.</summary>
    /// <param name="shape">The parameter.</param>
    /// <param name="kind">0 for gradients at right angles to each row of the weights, 1 to all of them together, 2 for others.</param>
    /// <param name="nesterov">The option.</param>
    private static (double Worst, int[] Kinds) Difference<T>(int[] shape, int kind, bool nesterov)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(5);
        var count = shape.Aggregate(1, (product, dimension) => product * dimension);
        var expected = Enumerable.Range(0, count).Select(_ => (double)(float)((2 * random.NextDouble()) - 1)).ToArray();
        var paper = new AdamPPaper(shape, 0.01, 0.9, 0.99, 1e-8, 0.1, 0.1, 0.2, nesterov);
        T[] value = [.. expected.Select(T.CreateTruncating)], gradient = new T[count];
        var optimizer = new Optimizer<T>();
        optimizer.Add(
            (IUpdateRule<T>)(object)new AdamP { LearningRate = 0.01, Beta2 = 0.99, WeightDecay = 0.1, WeightDecayRatio = 0.2, Nesterov = nesterov },
            new Parameter<T>("w", value, gradient, shape));
        var worst = 0.0;
        for (var t = 1; t <= 30; t++)
        {
            var g = Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1).ToArray();
            var size = kind == 0 ? count / shape[0] : count;
            for (var start = 0; start < count && kind < 2; start += size)
                Turn(expected.AsSpan(start, size), g.AsSpan(start, size));
            if (kind == 1)
                Lean(expected, g, count / shape[0]);
            if (kind == 2)
                g = [.. g.Zip(expected, (noise, weight) => weight + (0.1 * noise))];
            g = [.. g.Select(x => (double)(float)x)];
            for (var i = 0; i < count; i++)
                gradient[i] = T.CreateTruncating(g[i]);
            paper.Step(expected, g, t);
            optimizer.Step();
            for (var i = 0; i < count; i++)
                worst = Math.Max(worst, Math.Abs(double.CreateTruncating(value[i]) - expected[i]));
        }

        return (worst, paper.Kinds);
    }

    /// <summary>Makes a gradient stand at a right angle to weights.</summary>
    private static void Turn(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        var (product, square) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
            (product, square) = (product + (weights[i] * gradient[i]), square + (weights[i] * weights[i]));
        for (var i = 0; i < weights.Length; i++)
            gradient[i] -= product / square * weights[i];
    }

    /// <summary>Adds to two rows what stands along their weights, once up and once down, so that only all rows together are at a right angle.</summary>
    private static void Lean(double[] weights, double[] gradient, int size)
    {
        if (weights.Length == size || size == 1)
            return;
        double Square(int row) => weights.Skip(row * size).Take(size).Sum(weight => weight * weight);
        var share = Square(0) / Square(1);
        for (var i = 0; i < size; i++)
        {
            gradient[i] += 2 * weights[i];
            gradient[size + i] -= 2 * share * weights[size + i];
        }
    }
}
