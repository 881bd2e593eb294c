namespace OptDsl.Generators.Tests.Lifting;

/// <summary>A right loop, into which tests put their slips.</summary>
internal static class HandWrittenLoop
{
    public const string Adam = """
        using System;
        internal sealed class Adam
        {
            private readonly double[] _m = new double[9], _v = new double[9];
            private int _t;

            public void Step(double[] weights, double[] grads, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8)
            {
                _t++;
                for (int i = 0; i < weights.Length; i++)
                {
                    _m[i] = beta1 * _m[i] + (1 - beta1) * grads[i];
                    _v[i] = beta2 * _v[i] + (1 - beta2) * grads[i] * grads[i];
                    double mHat = _m[i] / (1 - Math.Pow(beta1, _t));
                    double vHat = _v[i] / (1 - Math.Pow(beta2, _t));
                    weights[i] -= lr * mHat / (Math.Sqrt(vHat) + eps);
                }
            }
        }
        """;
}
