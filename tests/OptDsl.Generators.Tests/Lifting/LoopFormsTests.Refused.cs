namespace OptDsl.Generators.Tests.Lifting;

/// <content>Loops that no rule stands for.</content>
public sealed partial class LoopFormsTests
{
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
            "Powers that begin anew elsewhere",
            """
            private readonly double[] m = new double[3];
            private double power = 1;
            public void Reset() => power = 1;
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
            "A rate that decays before",
            """
            private readonly double[] v = new double[3];
            private double lr = 0.05;
            private void Step(double[] weights, double[] grads)
            {
                lr *= 0.99;
                for (int i = 0; i < weights.Length; i++)
                {
                    $$v[i] = 0.9 * v[i] + grads[i];
                    weights[i] -= lr * v[i];
                }
            }
            """
        },
        {
            "A new array",
            """
            private void Step(double[] weights, double[] grads) { double[] next = Next(weights, grads, 0.05); next.CopyTo(weights, 0); }
            private double[] Next(double[] weights, double[] grads, double lr)
            {
                $$return weights.Zip(grads, (w, g) => w - lr * g).ToArray();
            }
            """
        },
        {
            "Several numbers at once",
            """
            private void Step(double[] weights, double[] grads, double lr = 0.05)
            {
                int i = 0, width = System.Numerics.Vector<double>.Count;
                for (; i <= weights.Length - width; i += width)
                    (new System.Numerics.Vector<double>(weights, i) - lr * new System.Numerics.Vector<double>(grads, i)).CopyTo(weights, i);
                for (; i < weights.Length; i++)
                    $$weights[i] -= lr * grads[i];
            }
            """
        },
        {
            "Decimal numbers",
            """
            private readonly decimal[] weight = new decimal[3], gradient = new decimal[3];
            private void Step(double[] weights, double[] grads)
            {
                decimal lr = 0.05m;
                for (int i = 0; i < weight.Length; i++)
                    $$weight[i] -= lr * gradient[i];
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
}
