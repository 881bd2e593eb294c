namespace OptDsl.Tests.Rules.Papers;

/// <summary>AdamP as its authors' code computes it: slices of the flattened tensor, one for each channel or all of it.</summary>
internal sealed class AdamPPaper(int[] shape, double lr, double beta1, double beta2, double eps, double decay, double delta, double ratio, bool nesterov) : PaperAlgorithm
{
    private double[]? _m, _v;

    /// <summary>How many steps were projected by channels, by the whole tensor, and not at all.</summary>
    public int[] Kinds { get; } = new int[3];

    public override void Step(double[] w, double[] g, int t)
    {
        var (m, v) = (Zeros(ref _m, w.Length), Zeros(ref _v, w.Length));
        var perturb = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
        {
            m[i] += (1 - beta1) * (g[i] - m[i]);
            v[i] += (1 - beta2) * ((g[i] * g[i]) - v[i]);
            var denominator = Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + eps;
            perturb[i] = (nesterov ? (beta1 * m[i]) + ((1 - beta1) * g[i]) : m[i]) / denominator;
        }

        var kind = 2;
        if (shape.Length > 1)
        {
            if (Project(w, g, perturb, shape[0]))
                kind = 0;
            else if (Project(w, g, perturb, 1))
                kind = 1;
        }

        Kinds[kind]++;
        var kept = 1 - (lr * decay * (kind == 2 ? 1 : ratio));
        for (var i = 0; i < w.Length; i++)
            w[i] = (kept * w[i]) - (lr / (1 - Math.Pow(beta1, t)) * perturb[i]);
    }

    private bool Project(double[] w, double[] g, double[] perturb, int channels)
    {
        var size = w.Length / channels;
        var largest = 0.0;
        for (var channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<double> x = w.AsSpan(channel * size, size), y = g.AsSpan(channel * size, size);
            largest = Math.Max(largest, Math.Abs(Dot(x, y)) / (Math.Max(Norm(x), eps) * Math.Max(Norm(y), eps)));
        }

        if (!(largest < delta / Math.Sqrt(size)))
            return false;
        for (var channel = 0; channel < channels; channel++)
        {
            Span<double> x = w.AsSpan(channel * size, size), u = perturb.AsSpan(channel * size, size);
            var norm = Norm(x) + eps;
            var along = Dot(x, u) / norm;
            for (var i = 0; i < size; i++)
                u[i] -= x[i] / norm * along;
        }

        return true;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));
}
