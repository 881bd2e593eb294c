using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Each form of a loop becomes a rule that computes the same, or is left as it is.</summary>
public sealed class LoopFormsTests
{
    private const string Start = """
        using System;
        using System.Linq;
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
                return [.. w, .. g];
            }

        """;

    public static TheoryData<string, string> Converted => new()
    {
        {
            "A while loop with an index",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05, double mu = 0.9)
            {
                int i = 0;
                while (i < weights.Length)
                {
                    $$v[i] = mu * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                    i++;
                }
            }
            """
        },
        {
            "Counted down",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                int n = weights.Length;
                for (int i = n - 1; i >= 0; i--)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] = weights[i] - lr * v[i];
                }
            }
            """
        },
        {
            "Up to a last index",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (var i = 0; i <= weights.Length - 1; i += 1)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "As many as said",
            """
            private readonly double[] v = new double[8];
            private int count = 2;
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < count; ++i)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "In parallel",
            """
            private readonly double[] m = new double[3], v = new double[3];
            private int t;
            private void Step(double[] weights, double[] grads, double lr = 0.01, double b1 = 0.9, double b2 = 0.999)
            {
                t++;
                double c1 = 1 - Math.Pow(b1, t), c2 = 1 - Math.Pow(b2, t);
                System.Threading.Tasks.Parallel.For(0, weights.Length, i =>
                {
                    $$m[i] = b1 * m[i] + (1 - b1) * grads[i];
                    v[i] = b2 * v[i] + (1 - b2) * grads[i] * grads[i];
                    weights[i] -= lr * (m[i] / c1) / (Math.Sqrt(v[i] / c2) + 1e-8);
                });
            }
            """
        },
        {
            "Over a collection with an index",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                int k = 0;
                foreach (var grad in grads)
                {
                    $$v[k] = 0.9 * v[k] - lr * grad;
                    weights[k] += v[k];
                    k++;
                }
            }
            """
        },
        {
            "Over pairs",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                foreach (var (grad, k) in grads.Select((g, n) => (g, n)))
                {
                    $$v[k] = 0.9 * v[k] - lr * grad;
                    weights[k] += v[k];
                }
            }
            """
        },
        {
            "A method for each element",
            """
            private readonly double[] m = new double[3], v = new double[3];
            private int t;
            private const double B1 = 0.9, B2 = 0.999;
            private void Step(double[] weights, double[] grads, double lr = 0.01)
            {
                t++;
                for (int i = 0; i < weights.Length; i++)
                    $$Move(ref weights[i], grads[i], ref m[i], ref v[i], lr);
            }

            private void Move(ref double w, double g, ref double first, ref double second, double rate)
            {
                first = B1 * first + (1 - B1) * g;
                second = B2 * second + (1 - B2) * g * g;
                double hat = first / (1 - Math.Pow(B1, t)), scale = second / (1 - Math.Pow(B2, t));
                w -= rate * hat / (Math.Sqrt(scale) + 1e-8);
            }
            """
        },
        {
            "A method with an index",
            """
            private readonly double[] h = new double[3];
            private double rate = 0.1;
            private void Step(double[] weights, double[] grads)
            {
                for (int i = 0; i < weights.Length; i++)
                    $$weights[i] -= Scaled(i, grads[i]);
            }

            private double Scaled(int index, double gradient)
            {
                h[index] += gradient * gradient;
                return rate * gradient / (Math.Sqrt(h[index]) + 1e-10);
            }
            """
        },
        {
            "References",
            """
            private readonly double[] m = new double[3], v = new double[3];
            private int t;
            private void Step(double[] weights, double[] grads, double lr = 0.01)
            {
                t++;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$ref double first = ref m[i];
                    ref double second = ref v[i];
                    double g = grads[i];
                    first = 0.9 * first + 0.1 * g;
                    second = 0.999 * second + 0.001 * g * g;
                    weights[i] -= lr * first / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(second / (1 - Math.Pow(0.999, t))) + 1e-8);
                }
            }
            """
        },
        {
            "A copy that is written back",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$double w = weights[i], velocity = 0.9 * v[i] + grads[i];
                    w -= lr * velocity;
                    v[i] = velocity;
                    weights[i] = w;
                }
            }
            """
        },
        {
            "Several loops with scalars between",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05, double limit = 1)
            {
                double norm = 0;
                for (int i = 0; i < weights.Length; i++)
                    norm += grads[i] * grads[i];
                norm = Math.Sqrt(norm);
                double scale = norm > limit ? limit / norm : 1;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + scale * grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "Several loops with an array between",
            """
            private readonly double[] m = new double[3], v = new double[3];
            private int t;
            private void Step(double[] weights, double[] grads, double lr = 0.01)
            {
                t++;
                var mHat = new double[weights.Length];
                for (int i = 0; i < weights.Length; i++)
                    m[i] = 0.9 * m[i] + 0.1 * grads[i];
                for (int i = 0; i < weights.Length; i++)
                    v[i] = 0.999 * v[i] + 0.001 * grads[i] * grads[i];
                for (int i = 0; i < weights.Length; i++)
                    mHat[i] = m[i] / (1 - Math.Pow(0.9, t));
                for (int i = 0; i < weights.Length; i++)
                    $$weights[i] -= lr * mHat[i] / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
            """
        },
        {
            "Gradients that are cleared",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                    grads[i] = 0;
                }
            }
            """
        },
        {
            "Rows of jagged arrays",
            """
            private readonly double[][] v = [new double[2], new double[1]];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                double[][] w = [[weights[0], weights[1]], [weights[2]]], g = [[grads[0], grads[1]], [grads[2]]];
                for (int l = 0; l < w.Length; l++)
                {
                    for (int k = 0; k < w[l].Length; k++)
                    {
                        $$v[l][k] = 0.9 * v[l][k] + g[l][k];
                        w[l][k] -= lr * v[l][k];
                    }
                }

                (weights[0], weights[1], weights[2]) = (w[0][0], w[0][1], w[1][0]);
            }
            """
        },
        {
            "Grids",
            """
            private readonly double[,] v = new double[1, 3], kernel = { { 1, -2, 0.5 } };
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                double[,] dKernel = { { grads[0], grads[1], grads[2] } };
                for (int r = 0; r < kernel.GetLength(0); r++)
                {
                    for (int c = 0; c < kernel.GetLength(1); c++)
                    {
                        $$v[r, c] = 0.9 * v[r, c] + dKernel[r, c];
                        kernel[r, c] -= lr * v[r, c];
                    }
                }

                (weights[0], weights[1], weights[2]) = (kernel[0, 0], kernel[0, 1], kernel[0, 2]);
            }
            """
        },
        {
            "Lists",
            """
            private readonly System.Collections.Generic.List<double> weights = [1, -2, 0.5], v = [0, 0, 0];
            private void Step(double[] result, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Count; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }

                weights.CopyTo(result);
            }
            """
        },
        {
            "Arrays of a dictionary",
            """
            private readonly System.Collections.Generic.Dictionary<string, double[]> velocities = new() { ["w"] = new double[3] };
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                var v = velocities["w"];
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "Arrays of an object",
            """
            private sealed class Moments { public double[] First = new double[3], Second = new double[3]; public int Steps; }
            private readonly Moments moments = new();
            private void Step(double[] weights, double[] grads, double lr = 0.01)
            {
                moments.Steps++;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$moments.First[i] = 0.9 * moments.First[i] + 0.1 * grads[i];
                    moments.Second[i] = 0.999 * moments.Second[i] + 0.001 * grads[i] * grads[i];
                    weights[i] -= lr * moments.First[i] / (1 - Math.Pow(0.9, moments.Steps)) / (Math.Sqrt(moments.Second[i] / (1 - Math.Pow(0.999, moments.Steps))) + 1e-8);
                }
            }
            """
        },
        {
            "A largest value by a branch",
            """
            private readonly double[] v = new double[3], top = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.01)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.99 * v[i] + 0.01 * grads[i] * grads[i];
                    if (v[i] > top[i])
                        top[i] = v[i];
                    weights[i] -= lr * grads[i] / (Math.Sqrt(top[i]) + 1e-8);
                }
            }
            """
        },
        {
            "Settings of a record",
            """
            private sealed record Settings(double Rate = 0.05, double Momentum = 0.9);
            private readonly Settings settings = new();
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = settings.Momentum * v[i] + grads[i];
                    weights[i] -= settings.Rate * v[i];
                }
            }
            """
        },
    };

    public static TheoryData<string, string> Refused => new()
    {
        {
            "Another array is written",
            """
            private readonly double[] v = new double[3], trace = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                    trace[i] = weights[i];
                }
            }
            """
        },
        {
            "What is between is read afterwards",
            """
            private readonly double[] v = new double[3];
            private double Step(double[] weights, double[] grads, double lr = 0.05)
            {
                double norm = 0;
                for (int i = 0; i < weights.Length; i++)
                    norm += grads[i] * grads[i];
                double scale = norm > 1 ? 1 / norm : 1;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + scale * grads[i];
                    weights[i] -= lr * v[i];
                }

                return norm;
            }
            """
        },
        {
            "Gradients stay scaled",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, int batch, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$grads[i] /= batch;
                    v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "Numbers of objects",
            """
            private sealed class Weight { public double Value, Grad, Velocity; }
            private void Step(System.Collections.Generic.List<Weight> weights, double lr = 0.05)
            {
                foreach (var w in weights)
                {
                    $$w.Velocity = 0.9 * w.Velocity + w.Grad;
                    w.Value -= lr * w.Velocity;
                }
            }
            """
        },
        {
            "Only every second",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i += 2)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "Powers without a count",
            """
            private readonly double[] m = new double[3];
            private double power = 1;
            private void Step(double[] weights, double[] grads, double lr = 0.05, double beta = 0.9)
            {
                power *= beta;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$m[i] = beta * m[i] + (1 - beta) * grads[i];
                    weights[i] -= lr * m[i] / (1 - power);
                }
            }
            """
        },
        {
            "A method that does more",
            """
            private readonly double[] h = new double[3];
            private int calls;
            private double rate = 0.1;
            private void Step(double[] weights, double[] grads)
            {
                for (int i = 0; i < weights.Length; i++)
                    $$weights[i] -= Scaled(i, grads[i]);
            }

            private double Scaled(int index, double gradient)
            {
                calls += 2;
                h[index] += gradient * gradient;
                return rate * gradient / (Math.Sqrt(h[index]) + 1e-10);
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Converted))]
    public async Task It_computes_the_same_as_a_rule(string form, string methods)
    {
        var source = Class(methods);
        var converted = await LoopActions.ApplyAsync(source, LoopRefactoringProvider.Convert);
        Assert.True(converted.Contains("[UpdateRule(", StringComparison.Ordinal), form);
        using var before = CompiledCode.Load(source.Replace("$$", "", StringComparison.Ordinal));
        using var after = CompiledCode.Load(converted);
        var (expected, found) = ((double[])before.Call("Loop", "Run")!, (double[])after.Call("Loop", "Run")!);
        for (var element = 0; element < expected.Length; element++)
            Assert.Equal(expected[element], found[element], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_stays_a_loop(string form, string methods)
    {
        var titles = await LoopActions.TitlesAsync(Class(methods));
        Assert.True(!titles.Contains(LoopRefactoringProvider.Convert) && titles.Contains(LoopRefactoringProvider.Explain), $"{form}: {string.Join(", ", titles)}");
    }

    [Theory]
    [MemberData(nameof(Converted))]
    public async Task Its_formulas_can_be_written_above(string form, string methods)
    {
        var explained = await LoopActions.ApplyAsync(Class(methods), LoopRefactoringProvider.Explain);
        Assert.True(explained.Split('\n').Any(line => line.TrimStart().StartsWith("// ", StringComparison.Ordinal) && line.Contains(" = ", StringComparison.Ordinal)), form);
        using var code = CompiledCode.Load(explained);
    }

    private static string Class(string methods) => Start + methods + "\n}\n";
}
