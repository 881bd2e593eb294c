using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>What loops become compiles with every warning an error, and computes the same.</summary>
public sealed class LoopConversionTests
{
    private const string Start = """
        using System;
        internal sealed class Loop
        {
            public static double[] Run()
            {
                double[] w = [1, -2, 0.5], g = new double[3];
                var loop = new Loop();
                for (int step = 0; step < 20; step++)
                {
                    for (int k = 0; k < 3; k++) g[k] = Math.Sin((7 * step) + (3 * k)) * Math.Pow(10, k - 1);
                    loop.Step(w, g);
                }
                return w;
            }

        """;

    public static TheoryData<string> Loops =>
    [
        """
            private readonly double[] m = new double[3], v = new double[3];
            private int t;
            private void Step(double[] weights, double[] grads, double lr = 0.01, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8)
            {
                t++;
                $$for (int i = 0; i < weights.Length; i++)
                {
                    // Moments of the gradient.
                    m[i] = beta1 * m[i] + (1 - beta1) * grads[i];
                    v[i] = beta2 * v[i] + (1 - beta2) * grads[i] * grads[i];
                    double mHat = m[i] / (1 - Math.Pow(beta1, t));
                    double vHat = v[i] / (1 - Math.Pow(beta2, t));
                    weights[i] -= lr * mHat / (Math.Sqrt(vHat) + eps);
                }
            }
        }
        """,
        """
            private readonly double[] velocity = new double[3];
            private const double Mu = 0.9;
            private void Step(double[] w, double[] dw)
            {
                double rate = 0.05;
                $$for (int i = 0; i < w.Length; i++)
                {
                    double g = dw[i] + 0.01 * w[i];
                    if (g > 1) g = 1;
                    velocity[i] = Mu * velocity[i] + g;
                    w[i] -= rate * velocity[i];
                }
            }
        }
        """,
        """
            private readonly double[] cache = new double[3];
            public double LearningRate { get; set; } = 0.01;
            private void Step(Span<double> w, ReadOnlySpan<double> gradient)
            {
                $$for (int i = 0; i < w.Length; i++)
                {
                    cache[i] = 0.9 * cache[i] + 0.1 * gradient[i] * gradient[i];
                    w[i] -= LearningRate * gradient[i] / (Math.Sqrt(cache[i]) + 1e-8);
                }
            }
        }
        """,
        """
            private readonly double[] m = new double[3], v = new double[3];
            private int count;
            private void Step(double[] theta, double[] grad)
            {
                const double lr = 0.02;
                $$for (int i = 0; i < theta.Length; i++)
                {
                    m[i] += 0.1 * (grad[i] - m[i]);
                    v[i] += 0.001 * (grad[i] * grad[i] - v[i]);
                    theta[i] -= lr * m[i] / (1 - Math.Pow(0.9, count + 1)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, count + 1))) + 1e-8);
                }
                count++;
            }
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_loop_becomes_a_rule_that_computes_the_same(string loop)
    {
        var source = Start + loop;
        var converted = await LoopActions.ApplyAsync(source, LoopRefactoringProvider.Convert);
        Assert.Contains("[UpdateRule(", converted, StringComparison.Ordinal);
        using var before = CompiledCode.Load(source.Replace("$$", "", StringComparison.Ordinal));
        using var after = CompiledCode.Load(converted);
        var (expected, found) = ((double[])before.Call("Loop", "Run")!, (double[])after.Call("Loop", "Run")!);
        for (var element = 0; element < expected.Length; element++)
            Assert.Equal(expected[element], found[element], 1e-12);
    }

    /// <summary>Files of other shapes, each with a method <c>Loop.Run</c>.</summary>
    public static TheoryData<string> Files =>
    [
        // A partial class in a namespace with a block, whose own types have names of this library.
        """
        using Other;
        namespace Other { public sealed class Optimizer { public double Rate = 0.05; } public sealed class Rules { } }
        namespace Work
        {
            public static partial class Trainer
            {
                private static readonly Optimizer s_optimizer = new();
                private static readonly float[] s_v = new float[3];

                public static void Step(float[] weights, float[] grads)
                {
                    float lr = (float)s_optimizer.Rate;
                    $$for (int i = 0; i < weights.Length; i++)
                    {
                        s_v[i] = 0.5f * s_v[i] + grads[i];
                        weights[i] -= lr * s_v[i];
                    }
                }
            }

            public static partial class Trainer { }
        }
        internal static class Loop
        {
            public static double[] Run()
            {
                float[] w = [1, -2, 0.5f], g = new float[3];
                for (int step = 0; step < 5; step++)
                {
                    for (int k = 0; k < 3; k++) g[k] = k - step;
                    Work.Trainer.Step(w, g);
                }

                return [w[0], w[1], w[2]];
            }
        }
        """,
        // Pointers.
        """
        internal static class Loop
        {
            public static unsafe double[] Run()
            {
                double[] w = [1, -2, 0.5], g = [1, 2, 3], v = new double[3];
                fixed (double* weights = w, gradients = g, velocity = v)
                {
                    for (int step = 0; step < 5; step++)
                        Step(weights, gradients, velocity, 3);
                }

                return w;
            }

            private static unsafe void Step(double* weights, double* gradients, double* velocity, int count, double lr = 0.05)
            {
                $$for (int i = 0; i < count; i++)
                {
                    velocity[i] = 0.9 * velocity[i] + gradients[i];
                    weights[i] -= lr * velocity[i];
                }
            }
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_loop_in_a_file_of_another_shape_becomes_a_rule_that_computes_the_same(string source)
    {
        var converted = await LoopActions.ApplyAsync(source, LoopRefactoringProvider.Convert);
        using var before = CompiledCode.Load(source.Replace("$$", "", StringComparison.Ordinal));
        using var after = CompiledCode.Load(converted);
        var (expected, found) = ((double[])before.Call("Loop", "Run")!, (double[])after.Call("Loop", "Run")!);
        // Elements of float in the order of the loop, to a few of their last bits.
        for (var element = 0; element < expected.Length; element++)
            Assert.Equal(expected[element], found[element], 1e-6 * (source.Contains("float", StringComparison.Ordinal) ? Math.Abs(expected[element]) : 1e-6));
    }

    [Fact]
    public async Task In_a_program_the_rule_stands_at_the_end()
    {
        var converted = await LoopActions.ApplyAsync("""
            double[] weights = [1, -2], gradients = [0.5, 0.5], velocity = new double[2];
            double lr = 0.1;
            $$for (int i = 0; i < weights.Length; i++)
            {
                velocity[i] = 0.9 * velocity[i] + gradients[i];
                weights[i] -= lr * velocity[i];
            }

            System.Console.WriteLine(weights[0]);
            """, LoopRefactoringProvider.Convert);
        Assert.StartsWith("using OptDsl;", converted, StringComparison.Ordinal);
        Assert.Contains("new StepRule { Lr = lr }.Update(1, weights, gradients, velocity);\n\nSystem.Console", converted.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith("}", converted.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_rule_stands_for_says_why() => Assert.Contains(
        "// No rule can take its place: 'Console.WriteLine(w[i]);' is no part of the step.",
        await LoopActions.ApplyAsync(Start + """
                private void Step(double[] w, double[] grad, double lr = 0.1)
                {
                    $$for (int i = 0; i < w.Length; i++)
                    {
                        w[i] -= lr * grad[i];
                        Console.WriteLine(w[i]);
                    }
                }
            }
            """, LoopRefactoringProvider.Explain),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_loop_that_does_more_is_not_offered_a_rule() => Assert.DoesNotContain(
        LoopRefactoringProvider.Convert,
        await LoopActions.TitlesAsync(Start + """
                private void Step(double[] w, double[] grad, double lr = 0.1)
                {
                    $$for (int i = 0; i < w.Length; i++)
                    {
                        w[i] -= lr * grad[i];
                        Console.WriteLine(w[i]);
                    }
                }
            }
            """));

    [Fact]
    public async Task The_formulas_can_be_written_above() => Assert.Contains(
        "        // w = w - \\mathrm{lr}",
        (await LoopActions.ApplyAsync(Start + """
                private void Step(double[] w, double[] grad, double lr = 0.1)
                {
                    $$for (int i = 0; i < w.Length; i++)
                        w[i] -= lr * grad[i];
                }
            }
            """, LoopRefactoringProvider.Explain)).ReplaceLineEndings("\n"),
        StringComparison.Ordinal);
}
