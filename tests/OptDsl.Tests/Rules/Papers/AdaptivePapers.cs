namespace OptDsl.Tests.Rules.Papers;

/// <summary>
/// The authors' qhoptim: averages that are weighed so that they never need a correction.
/// </summary>
internal sealed class QhAdamPaper(double lr, double beta1, double beta2, double nu1, double nu2, double eps, double decay) : PaperAlgorithm
{
    private double _weight1;
    private double _weight2;
    private double[]? _average;
    private double[]? _square;

    public override void Step(double[] w, double[] g, int t)
    {
        _weight1 = 1 + (beta1 * _weight1);
        _weight2 = 1 + (beta2 * _weight2);
        var average = Zeros(ref _average, w.Length);
        var square = Zeros(ref _square, w.Length);
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            average[i] += (gradient - average[i]) / _weight1;
            square[i] += ((gradient * gradient) - square[i]) / _weight2;
            var numerator = (nu1 * average[i]) + ((1 - nu1) * gradient);
            var denominator = Math.Sqrt((nu2 * square[i]) + ((1 - nu2) * gradient * gradient)) + eps;
            w[i] -= lr * numerator / denominator;
        }
    }
}

/// <summary>Ding et al. 2019, algorithm 1, with the decoupled decay of the authors' code.</summary>
internal sealed class AdaModPaper(double lr, double beta1, double beta2, double beta3, double eps, double decay) : PaperAlgorithm
{
    private double[]? _m;
    private double[]? _v;
    private double[]? _s;

    public override void Step(double[] w, double[] g, int t)
    {
        var (m, v, s) = (Zeros(ref _m, w.Length), Zeros(ref _v, w.Length), Zeros(ref _s, w.Length));
        for (var i = 0; i < w.Length; i++)
        {
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            var rate = lr / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + eps);
            s[i] = (beta3 * s[i]) + ((1 - beta3) * rate);
            w[i] -= decay * lr * w[i];
            w[i] -= Math.Min(rate, s[i]) * (m[i] / (1 - Math.Pow(beta1, t)));
        }
    }
}

/// <summary>Defazio and Jelassi 2021, algorithm 1, where the steps count from 0.</summary>
internal sealed class MadgradPaper(double lr, double momentum, double eps, double decay) : PaperAlgorithm
{
    private double[]? _x0;
    private double[]? _s;
    private double[]? _nu;

    public override void Step(double[] w, double[] g, int t)
    {
        var (x0, s, nu) = (Start(ref _x0, w), Zeros(ref _s, w.Length), Zeros(ref _nu, w.Length));
        var k = t - 1;
        var lambda = lr * Math.Sqrt(k + 1);
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            s[i] += lambda * gradient;
            nu[i] += lambda * gradient * gradient;
            var z = x0[i] - (s[i] / (Math.Cbrt(nu[i]) + eps));
            w[i] = ((1 - (1 - momentum)) * w[i]) + ((1 - momentum) * z);
        }
    }
}

/// <summary>The authors' code for Adan, single tensor, with the pair of gradients that it keeps as their difference.</summary>
internal sealed class AdanPaper(double lr, double beta1, double beta2, double beta3, double eps, double decay, bool noProx) : PaperAlgorithm
{
    private double[]? _m;
    private double[]? _difference;
    private double[]? _n;
    private double[]? _previous;

    public override void Step(double[] w, double[] g, int t)
    {
        var (m, difference, n) = (Zeros(ref _m, w.Length), Zeros(ref _difference, w.Length), Zeros(ref _n, w.Length));
        _previous ??= [.. g];
        var root = Math.Sqrt(1 - Math.Pow(beta3, t));
        for (var i = 0; i < w.Length; i++)
        {
            var change = g[i] - _previous[i];
            m[i] += (1 - beta1) * (g[i] - m[i]);
            difference[i] += (1 - beta2) * (change - difference[i]);
            var ahead = g[i] + (beta2 * change);
            n[i] = (n[i] * beta3) + (ahead * ahead * (1 - beta3));
            var denominator = (Math.Sqrt(n[i]) / root) + eps;
            if (noProx)
                w[i] *= 1 - (lr * decay);
            w[i] -= lr / (1 - Math.Pow(beta1, t)) * m[i] / denominator;
            w[i] -= lr * beta2 / (1 - Math.Pow(beta2, t)) * difference[i] / denominator;
            if (!noProx)
                w[i] /= 1 + (lr * decay);
            _previous[i] = g[i];
        }
    }
}

/// <summary>
/// AdEMAMix with the warm-up of β₃ as the authors explain it: the half-life of the average grows linearly, and β is 0.5 to the
/// power of one over the half-life.
/// </summary>
internal sealed class AdEmaMixPaper(
    double lr, double beta1, double beta2, double beta3, double alpha, int alphaWarmup, int beta3Warmup, double eps, double decay) : PaperAlgorithm
{
    private double[]? _fast;
    private double[]? _slow;
    private double[]? _square;

    public override void Step(double[] w, double[] g, int t)
    {
        var (fast, slow, square) = (Zeros(ref _fast, w.Length), Zeros(ref _slow, w.Length), Zeros(ref _square, w.Length));
        var weight = t < alphaWarmup ? (double)t / alphaWarmup * alpha : alpha;
        var memory = beta3;
        if (t < beta3Warmup)
        {
            var share = (double)t / beta3Warmup;
            memory = Math.Pow(0.5, 1 / (((1 - share) * HalfLife(beta1)) + (share * HalfLife(beta3))));
        }

        for (var i = 0; i < w.Length; i++)
        {
            fast[i] = (beta1 * fast[i]) + ((1 - beta1) * g[i]);
            slow[i] = (memory * slow[i]) + ((1 - memory) * g[i]);
            square[i] = (beta2 * square[i]) + ((1 - beta2) * g[i] * g[i]);
            var denominator = (Math.Sqrt(square[i]) / Math.Sqrt(1 - Math.Pow(beta2, t))) + eps;
            var update = ((fast[i] / (1 - Math.Pow(beta1, t))) + (weight * slow[i])) / denominator;
            w[i] -= lr * (update + (decay * w[i]));
        }
    }

    private static double HalfLife(double beta) => Math.Log(0.5) / Math.Log(beta);
}

/// <summary>Liang et al. 2024: AdamW, and one line.</summary>
internal sealed class CautiousAdamWPaper(double lr, double beta1, double beta2, double eps, double decay) : PaperAlgorithm
{
    private double[]? _m;
    private double[]? _v;

    public override void Step(double[] w, double[] g, int t)
    {
        var (m, v) = (Zeros(ref _m, w.Length), Zeros(ref _v, w.Length));
        var update = new double[w.Length];
        var agreeing = 0;
        for (var i = 0; i < w.Length; i++)
        {
            w[i] -= lr * decay * w[i];
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            update[i] = m[i] / (1 - Math.Pow(beta1, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + eps);
            agreeing += update[i] * g[i] > 0 ? 1 : 0;
        }

        var share = Math.Max((double)agreeing / w.Length, 1e-3);
        for (var i = 0; i < w.Length; i++)
            w[i] -= update[i] * g[i] > 0 ? lr * update[i] / share : 0;
    }
}

/// <summary>Defazio et al. 2024, algorithm 1, in the two tensors of the authors' code.</summary>
internal sealed class ScheduleFreeAdamWPaper(
    Func<int, double> lr, double beta1, double beta2, double eps, double decay, double r, double power) : PaperAlgorithm
{
    private readonly ScheduleFreeAverage _average = new(beta1, r, power);
    private double[]? _v;

    public override double[]? Result => _average.X;

    public override void Step(double[] w, double[] g, int t)
    {
        var v = Zeros(ref _v, w.Length);
        var direction = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
        {
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            direction[i] = (g[i] / (Math.Sqrt(v[i]) + eps)) + (decay * w[i]);
        }

        _average.Step(w, direction, lr(t) * Math.Sqrt(1 - Math.Pow(beta2, t)), t);
    }
}
