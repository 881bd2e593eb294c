namespace OptDsl.Generators.Tests.Lifting;

/// <content>Loops over what is no single array.</content>
public sealed partial class LoopFormsTests
{
    public static TheoryData<string, string> OverData => new()
    {
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
}
