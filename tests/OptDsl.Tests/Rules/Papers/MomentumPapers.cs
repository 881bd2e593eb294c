namespace OptDsl.Tests.Rules.Papers;

/// <summary>Dive into Deep Learning, 12.6: v ← γv + ηg, x ← x - v, element by element.</summary>
internal sealed class ClassicMomentumPaper(double lr, double gamma) : PaperAlgorithm
{
    private double[]? _v;

    public override void Step(double[] w, double[] g, int t)
    {
        var v = Zeros(ref _v, w.Length);
        for (var i = 0; i < w.Length; i++)
        {
            v[i] = (gamma * v[i]) + (lr * g[i]);
            w[i] -= v[i];
        }
    }
}

/// <summary>The weighted mean of all gradients so far, each (1-β)β^age, summed from its definition at every step.</summary>
internal sealed class AveragedMomentumPaper(double alpha, double beta) : PaperAlgorithm
{
    private readonly List<double[]> _gradients = [];

    public override void Step(double[] w, double[] g, int t)
    {
        _gradients.Add([.. g]);
        for (var i = 0; i < w.Length; i++)
        {
            var mean = 0.0;
            for (var age = 0; age < t; age++)
                mean += (1 - beta) * Math.Pow(beta, age) * _gradients[t - 1 - age][i];
            w[i] -= alpha * mean;
        }
    }
}

/// <summary>
/// Nesterov's method as Sutskever et al. 2013 state it: the gradient is taken at θ + μv, which is the point that the rule moves.
/// </summary>
internal sealed class NesterovPaper(double lr, double mu) : PaperAlgorithm
{
    private double[]? _theta;
    private double[]? _v;

    public override void Step(double[] w, double[] g, int t)
    {
        var theta = Start(ref _theta, w);
        var v = Zeros(ref _v, w.Length);
        for (var i = 0; i < w.Length; i++)
        {
            v[i] = (mu * v[i]) - (lr * g[i]);
            theta[i] += v[i];
            w[i] = theta[i] + (mu * v[i]);
        }
    }
}

/// <summary>MindSpore's ApplyMomentum, after nn.Momentum has added the weight decay to the gradient.</summary>
internal sealed class MindSporePaper(double lr, double mu, double decay, bool nesterov) : PaperAlgorithm
{
    private double[]? _accumulation;

    public override void Step(double[] w, double[] g, int t)
    {
        var accumulation = Zeros(ref _accumulation, w.Length);
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            accumulation[i] = (accumulation[i] * mu) + gradient;
            w[i] -= nesterov ? (gradient * lr) + (accumulation[i] * mu * lr) : accumulation[i] * lr;
        }
    }
}

/// <summary>Bernstein et al. 2018, algorithms 1 (without momentum) and 2.</summary>
internal sealed class SignumPaper(double lr, double beta, double decay) : PaperAlgorithm
{
    private double[]? _m;

    public override void Step(double[] w, double[] g, int t)
    {
        var m = Zeros(ref _m, w.Length);
        for (var i = 0; i < w.Length; i++)
        {
            m[i] = ((1 - beta) * g[i]) + (beta * m[i]);
            w[i] -= lr * (Math.Sign(m[i]) + (decay * w[i]));
        }
    }
}

/// <summary>
/// The authors' code for Schedule-Free SGD: two tensors, y and z, the average x being where y extrapolates to.
/// </summary>
internal sealed class ScheduleFreeSgdPaper(Func<int, double> lr, double beta, double decay, double r, double power) : PaperAlgorithm
{
    private readonly ScheduleFreeAverage _average = new(beta, r, power);

    public override double[]? Result => _average.X;

    public override void Step(double[] w, double[] g, int t) => _average.Step(w, [.. g.Select((value, i) => value + (decay * w[i]))], lr(t), t);
}

/// <summary>What both schedule-free methods do with their direction.</summary>
internal sealed class ScheduleFreeAverage(double beta, double r, double power)
{
    private double _largest = -1;
    private double _sum;
    private double[]? _z;

    public double[]? X { get; private set; }

    public void Step(double[] y, double[] direction, double lr, int t)
    {
        var z = _z ??= [.. y];
        _largest = Math.Max(lr, _largest);
        var weight = Math.Pow(t, r) * Math.Pow(_largest, power);
        _sum += weight;
        var share = _sum == 0 ? 0 : weight / _sum;
        X = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] += share * (z[i] - y[i]);
            y[i] += lr * ((beta * (1 - share)) - 1) * direction[i];
            z[i] -= lr * direction[i];
            X[i] = y[i] + ((1 - (1 / beta)) * (z[i] - y[i]));
        }
    }
}
