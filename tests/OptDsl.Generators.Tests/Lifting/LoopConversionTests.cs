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
