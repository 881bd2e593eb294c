namespace OptDsl.Generators.Tests.Lifting;

/// <content>Loops in every place that code has, and over data that is laid out flat.</content>
public sealed partial class LoopFormsTests
{
    public static TheoryData<string, string> LaidOut => new()
    {
        {
            "Rows and columns of one array",
            """
            private readonly double[] v = new double[4];
            private double[] flat = [], grad = [];
            private void Step(double[] w, double[] g, double lr = 0.05) { flat = [w[0], w[1], w[2], 0]; grad = [g[0], g[1], g[2], 0]; Go(2, 2, lr); for (int k = 0; k < 3; k++) w[k] = flat[k]; }
            private void Go(int rows, int cols, double lr)
            {
                for (int r = 0; r < rows; r++)
                    for (int c = 0; c < cols; c++)
                    {
                        $$v[r * cols + c] = 0.9 * v[r * cols + c] + grad[r * cols + c];
                        flat[r * cols + c] -= lr * v[r * cols + c];
                    }
            }
            """
        },
        {
            "A named start of the row",
            """
            private readonly double[] v = new double[4];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                int rows = 1, cols = 3;
                for (int r = 0; r < rows; r++)
                {
                    int row = r * cols;
                    for (int c = 0; c < cols; c++)
                    {
                        $$v[row + c] = 0.9 * v[row + c] + grads[row + c];
                        weights[row + c] -= lr * v[row + c];
                    }
                }
            }
            """
        },
        {
            "A part of an array",
            """
            private readonly double[] v = new double[2];
            private void Step(double[] weights, double[] grads, double lr = 0.05) => Part(weights, grads, 1, 2, lr);
            private void Part(double[] weights, double[] grads, int offset, int count, double lr)
            {
                for (int i = 0; i < count; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[offset + i];
                    weights[offset + i] -= lr * v[i];
                }
            }
            """
        },
        {
            "Operations over whole spans",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05, double mu = 0.9)
            {
                $$TensorPrimitives.MultiplyAdd(v, mu, grads, v);
                TensorPrimitives.MultiplyAdd(v, -lr, weights, weights);
            }

            private static class TensorPrimitives
            {
                public static void MultiplyAdd(ReadOnlySpan<double> x, double y, ReadOnlySpan<double> added, Span<double> destination)
                {
                    for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y + added[i];
                }
            }
            """
        },
        {
            "Powers of a field without a count",
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
            "Powers of two decays",
            """
            private readonly double[] m = new double[3], v = new double[3];
            private const double B1 = 0.9, B2 = 0.999;
            private double b1t = B1, b2t = B2;
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$m[i] = B1 * m[i] + (1 - B1) * grads[i];
                    v[i] = B2 * v[i] + (1 - B2) * grads[i] * grads[i];
                    weights[i] -= lr * (m[i] / (1 - b1t)) / (Math.Sqrt(v[i] / (1 - b2t)) + 1e-8);
                }

                b1t *= B1;
                b2t *= B2;
            }
            """
        },
        {
            "Weights and biases in one loop",
            """
            private readonly double[] v = new double[3], vb = new double[3], bias = new double[3], biasGrads = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                for (int i = 0; i < weights.Length; i++)
                    biasGrads[i] = grads[i] * 2;
                Both(weights, grads, lr);
                for (int i = 0; i < weights.Length; i++)
                    weights[i] += 0.001 * bias[i];
            }

            private void Both(double[] weights, double[] grads, double lr)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    vb[i] = 0.9 * vb[i] + biasGrads[i];
                    weights[i] -= lr * v[i];
                    bias[i] -= lr * vb[i];
                }
            }
            """
        },
        {
            "A named function in parallel",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                void Element(int i)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }

                System.Threading.Tasks.Parallel.For(0, weights.Length, Element);
            }
            """
        },
        {
            "A local function",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads)
            {
                Go(0.05);
                void Go(double lr)
                {
                    for (int i = 0; i < weights.Length; i++)
                    {
                        $$v[i] = 0.9 * v[i] + grads[i];
                        weights[i] -= lr * v[i];
                    }
                }
            }
            """
        },
        {
            "An async method",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads) => StepAsync(weights, grads, 0.05).GetAwaiter().GetResult();
            private async System.Threading.Tasks.Task StepAsync(double[] weights, double[] grads, double lr)
            {
                await System.Threading.Tasks.Task.Yield();
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "An iterator",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads) { foreach (var _ in Steps(weights, grads, 0.05)) { } }
            private System.Collections.Generic.IEnumerable<int> Steps(double[] weights, double[] grads, double lr)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }

                yield return 1;
            }
            """
        },
        {
            "A section of a switch",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads) => Choose("momentum", weights, grads, 0.05);
            private void Choose(string kind, double[] weights, double[] grads, double lr)
            {
                switch (kind)
                {
                    case "momentum":
                        for (int i = 0; i < weights.Length; i++)
                        {
                            $$v[i] = 0.9 * v[i] + grads[i];
                            weights[i] -= lr * v[i];
                        }

                        break;
                    default:
                        throw new NotSupportedException();
                }
            }
            """
        },
        {
            "A branch without a block",
            """
            private readonly double[] v = new double[3];
            private void Step(double[] weights, double[] grads) => Maybe(true, weights, grads, 0.05);
            private void Maybe(bool trains, double[] weights, double[] grads, double lr)
            {
                if (trains)
                    for (int i = 0; i < weights.Length; i++)
                    {
                        $$v[i] = 0.9 * v[i] + grads[i];
                        weights[i] -= lr * v[i];
                    }
            }
            """
        },
        {
            "A generic class in a class",
            """
            private readonly Inner<string> inner = new();
            private void Step(double[] weights, double[] grads) => inner.Go(weights, grads, 0.05);
            private sealed class Inner<T>
            {
                private readonly double[] v = new double[3];
                public void Go(double[] weights, double[] grads, double lr)
                {
                    for (int i = 0; i < weights.Length; i++)
                    {
                        $$v[i] = 0.9 * v[i] + grads[i];
                        weights[i] -= lr * v[i];
                    }
                }
            }
            """
        },
        {
            "A record struct",
            """
            private Inner inner = new(new double[3]);
            private void Step(double[] weights, double[] grads) => inner.Go(weights, grads, 0.05);
            private readonly record struct Inner(double[] V)
            {
                public void Go(double[] weights, double[] grads, double lr)
                {
                    for (int i = 0; i < weights.Length; i++)
                    {
                        $$V[i] = 0.9 * V[i] + grads[i];
                        weights[i] -= lr * V[i];
                    }
                }
            }
            """
        },
        {
            "Names that others have",
            """
            private readonly double[] v = new double[3];
            private static readonly LoopRule other = new();
            private sealed class LoopRule { public double Scale = 0.05; }
            private void Step(double[] weights, double[] grads)
            {
                double lr = other.Scale;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "Static members",
            """
            private static readonly double[] s_v = new double[3];
            private void Step(double[] weights, double[] grads) { Array.Clear(s_v); Go(weights, grads, 0.05); }
            private static void Go(double[] weights, double[] grads, double lr)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    $$s_v[i] = 0.9 * s_v[i] + grads[i];
                    weights[i] -= lr * s_v[i];
                }
            }
            """
        },
    };
}
