namespace OptDsl.Tests.Rules.Papers;

/// <summary>AMSBound of Luo et al. 2019, as the authors' code has it, with a constant step size.</summary>
internal sealed class AmsBoundPaper(double lr, double beta1, double beta2, double finalLr, double gamma, double eps, double decay) : PaperAlgorithm
{
    private double[]? _m;
    private double[]? _v;
    private double[]? _max;

    public override void Step(double[] w, double[] g, int t)
    {
        var (m, v, max) = (Zeros(ref _m, w.Length), Zeros(ref _v, w.Length), Zeros(ref _max, w.Length));
        var stepSize = lr * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t));
        var (lower, upper) = (finalLr * (1 - (1 / ((gamma * t) + 1))), finalLr * (1 + (1 / (gamma * t))));
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            m[i] = (beta1 * m[i]) + ((1 - beta1) * gradient);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * gradient * gradient);
            max[i] = Math.Max(max[i], v[i]);
            w[i] -= Math.Clamp(stepSize / (Math.Sqrt(max[i]) + eps), lower, upper) * m[i];
        }
    }
}

/// <summary>TensorFlow's centered RMSProp, with the step size inside the velocity.</summary>
internal sealed class CenteredTFPaper(double lr, double alpha, double momentum, double eps, double decay) : PaperAlgorithm
{
    private double[]? _square;
    private double[]? _mean;
    private double[]? _velocity;

    public override void Step(double[] w, double[] g, int t)
    {
        _square ??= [.. w.Select(_ => 1.0)];
        var (mean, velocity) = (Zeros(ref _mean, w.Length), Zeros(ref _velocity, w.Length));
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            _square[i] += (1 - alpha) * ((gradient * gradient) - _square[i]);
            mean[i] += (1 - alpha) * (gradient - mean[i]);
            velocity[i] = (momentum * velocity[i]) + (lr * gradient / Math.Sqrt(_square[i] - (mean[i] * mean[i]) + eps));
            w[i] -= velocity[i];
        }
    }
}
