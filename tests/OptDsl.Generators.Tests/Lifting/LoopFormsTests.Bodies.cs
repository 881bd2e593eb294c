namespace OptDsl.Generators.Tests.Lifting;

/// <content>Loops whose step is spread over methods, copies and loops.</content>
public sealed partial class LoopFormsTests
{
    public static TheoryData<string, string> WithBodies => new()
    {
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
    };
}
