using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>Loops as projects have them, beside what <em>Make an update rule of this loop</em> puts in their place.</summary>
internal static class LoopComparison
{
    public const string Loop = "loop";
    public const string Converted = "converted";

    /// <summary>The loops, by what they are called in results.</summary>
    public static IReadOnlyList<(string Name, Func<int, RaceResult> Run)> All { get; } =
    [
        ("momentum, float", MomentumOfFloat),
        ("momentum, double", MomentumOfDouble),
        ("Adam, float, powers before the loop", AdamOfFloat),
        ("Adam, double, powers before the loop", AdamOfDouble),
        ("Adam, float, powers for every element", AdamWithPowers),
    ];

    private static RaceResult MomentumOfFloat(int length)
    {
        var (weights, gradients, v) = (Waves<float>(length), Waves<float>(length), new float[length]);
        return Race(_ => Step(), t => new LoopMomentumRule { Mu = 0.9f, Lr = 0.001f }.Update(t, weights, gradients, v));

        void Step()
        {
            float mu = 0.9f, lr = 0.001f;
            for (int i = 0; i < weights.Length; i++)
            {
                v[i] = mu * v[i] + gradients[i];
                weights[i] -= lr * v[i];
            }
        }
    }

    private static RaceResult MomentumOfDouble(int length)
    {
        var (weights, gradients, v) = (Waves<double>(length), Waves<double>(length), new double[length]);
        return Race(_ => Step(), t => new LoopMomentumRule { Mu = 0.9, Lr = 0.001 }.Update(t, weights, gradients, v));

        void Step()
        {
            double mu = 0.9, lr = 0.001;
            for (int i = 0; i < weights.Length; i++)
            {
                v[i] = mu * v[i] + gradients[i];
                weights[i] -= lr * v[i];
            }
        }
    }

    private static RaceResult AdamOfFloat(int length)
    {
        var (weights, gradients, m, v) = (Waves<float>(length), Waves<float>(length), new float[length], new float[length]);
        return Race(Step, t => new LoopRule { Beta1 = 0.9f, Beta2 = 0.999f, Lr = 0.001f, Eps = 1e-8f }.Update(t, weights, gradients, m, v));

        void Step(int t)
        {
            float lr = 0.001f, beta1 = 0.9f, beta2 = 0.999f, eps = 1e-8f;
            float c1 = 1 - MathF.Pow(beta1, t), c2 = 1 - MathF.Pow(beta2, t);
            for (int i = 0; i < weights.Length; i++)
            {
                m[i] = beta1 * m[i] + (1 - beta1) * gradients[i];
                v[i] = beta2 * v[i] + (1 - beta2) * gradients[i] * gradients[i];
                weights[i] -= lr * (m[i] / c1) / (MathF.Sqrt(v[i] / c2) + eps);
            }
        }
    }

    private static RaceResult AdamOfDouble(int length)
    {
        var (weights, gradients, m, v) = (Waves<double>(length), Waves<double>(length), new double[length], new double[length]);
        return Race(Step, t => new LoopRule { Beta1 = 0.9, Beta2 = 0.999, Lr = 0.001, Eps = 1e-8 }.Update(t, weights, gradients, m, v));

        void Step(int t)
        {
            double lr = 0.001, beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
            double c1 = 1 - Math.Pow(beta1, t), c2 = 1 - Math.Pow(beta2, t);
            for (int i = 0; i < weights.Length; i++)
            {
                m[i] = beta1 * m[i] + (1 - beta1) * gradients[i];
                v[i] = beta2 * v[i] + (1 - beta2) * gradients[i] * gradients[i];
                weights[i] -= lr * (m[i] / c1) / (Math.Sqrt(v[i] / c2) + eps);
            }
        }
    }

    private static RaceResult AdamWithPowers(int length)
    {
        var (weights, gradients, m, v) = (Waves<float>(length), Waves<float>(length), new float[length], new float[length]);
        return Race(Step, t => new LoopRule { Beta1 = 0.9f, Beta2 = 0.999f, Lr = 0.001f, Eps = 1e-8f }.Update(t, weights, gradients, m, v));

        void Step(int t)
        {
            float lr = 0.001f, beta1 = 0.9f, beta2 = 0.999f, eps = 1e-8f;
            for (int i = 0; i < weights.Length; i++)
            {
                m[i] = beta1 * m[i] + (1 - beta1) * gradients[i];
                v[i] = beta2 * v[i] + (1 - beta2) * gradients[i] * gradients[i];
                float mHat = m[i] / (1 - MathF.Pow(beta1, t));
                float vHat = v[i] / (1 - MathF.Pow(beta2, t));
                weights[i] -= lr * mHat / (MathF.Sqrt(vHat) + eps);
            }
        }
    }

    private static RaceResult Race(Action<int> loop, Action<int> converted) =>
        Comparison.Race.Run([new Contestant(Loop, t => loop((int)t)), new Contestant(Converted, t => converted((int)t))], reset: null, rounds: 31, TimeSpan.FromMilliseconds(1));

    private static T[] Waves<T>(int length)
        where T : System.Numerics.INumber<T> => [.. Enumerable.Range(0, length).Select(element => T.CreateTruncating(0.1 * Math.Sin(element)))];
}

[UpdateRule("""
    m = beta1 · m + (1 - beta1) gradients
    v = beta2 · v + (1 - beta2) gradients²
    mHat = m / (1 - beta1ᵗ)
    vHat = v / (1 - beta2ᵗ)
    weights = weights - lr · mHat / (√vHat + eps)
    """, Parameter = "weights", Gradient = "gradients")]
[State("m"), State("v")]
internal sealed partial class LoopRule
{
    [Hyper("beta1", Min = 0, Max = 0.9999999)] public double Beta1 { get; set; } = 0.9;
    [Hyper("beta2", Min = 0, Max = 0.9999999)] public double Beta2 { get; set; } = 0.999;
    [Hyper("lr")] public double Lr { get; set; } = 0.001;
    [Hyper("eps", Min = 1e-300)] public double Eps { get; set; } = 1e-8;
}

[UpdateRule("""
    v = mu · v + gradients
    weights = weights - lr · v
    """, Parameter = "weights", Gradient = "gradients")]
[State("v")]
internal sealed partial class LoopMomentumRule
{
    [Hyper("mu", Min = 0, Max = 0.9999999)] public double Mu { get; set; } = 0.9;
    [Hyper("lr")] public double Lr { get; set; } = 0.001;
}
