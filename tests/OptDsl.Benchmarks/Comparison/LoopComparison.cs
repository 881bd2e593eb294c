using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>A loop as projects have it, beside what <em>Make an update rule of this loop</em> puts in its place.</summary>
internal static class LoopComparison
{
    public const string Loop = "loop";
    public const string Converted = "converted";

    public static RaceResult Run(int length)
    {
        using var tensors = new Tensors(length, 2);
        float[] weights = tensors.W.ToArray(), gradients = tensors.G.ToArray(), m = new float[length], v = new float[length];
        return Race.Run(
            [
                new Contestant(Loop, t => Step((int)t)),
                new Contestant(Converted, t => new LoopRule { Beta1 = 0.9f, Beta2 = 0.999f, Lr = 0.001f, Eps = 1e-8f }.Update((int)t, weights, gradients, m, v)),
            ],
            reset: null, rounds: 31, TimeSpan.FromMilliseconds(1));

        void Step(int t, float lr = 0.001f, float beta1 = 0.9f, float beta2 = 0.999f, float eps = 1e-8f)
        {
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
