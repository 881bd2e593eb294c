namespace OptDsl.Generators.Tests.Lifting;

/// <content>Loops that go through their elements in other ways.</content>
public sealed partial class LoopFormsTests
{
    public static TheoryData<string, string> WithHeads => new()
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
    };
}
