using System.Globalization;

namespace OptDsl.Tests.Rules.Oracles;

internal sealed class SgdOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var step = Velocities.Step(State, Options, g, t);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * step[i];
    }
}

internal sealed class SgdWOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        Scale(w, 1 - (DecayScale(lr) * WeightDecay));
        var step = Velocities.Step(State, Options, g, t);
        if (Options.Number("momentum") != 0)
            step = Cautious(step, g);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * step[i];
    }
}

internal sealed class LarsOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (WeightDecay != 0 || Options.Flag("always_adapt"))
        {
            var (size, slope) = (Norm(w), Norm(g));
            var ratio = size > 0 && slope > 0 ? Options.Number("trust_coeff") * size / (slope + (WeightDecay * size) + Eps) : 1;
            if (Options.Flag("trust_clip"))
                ratio = Math.Min(ratio / lr, 1);
            AddDecay(g, w, WeightDecay);
            Scale(g, ratio);
        }

        var step = Velocities.Step(State, Options, g, t);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * step[i];
    }
}

internal sealed class QhmOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (Options.Text("weight_decay_type") == "grad")
            AddDecay(g, w, WeightDecay);
        else
            Scale(w, 1 - (lr * WeightDecay));
        var (b, nu) = (State("momentum_buffer", w.Length), Options.Number("nu"));
        Average(b, g, Options.Number("momentum"));
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * ((nu * b[i]) + ((1 - nu) * g[i]));
    }
}

internal sealed class AggMoOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var betas = Options.Of("betas").EnumerateArray().Select(beta => beta.GetDouble()).ToArray();
        foreach (var beta in betas)
        {
            var name = beta == 0 ? "0.0" : beta.ToString("R", CultureInfo.InvariantCulture);
            var b = State($"momentum_buffer[{name}]", w.Length);
            Accumulate(b, g, beta, 1);
            for (var i = 0; i < w.Length; i++)
                w[i] -= lr / betas.Length * b[i];
        }
    }
}

internal sealed class AsgdOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var (eta, mu, average) = (State("eta", 1, lr), State("mu", 1, 1), State("ax", w.Length));
        for (var i = 0; i < w.Length; i++)
        {
            w[i] = (w[i] * (1 - (Options.Number("lambd") * eta[0]))) - (eta[0] * g[i]);
            average[i] = mu[0] == 1 ? w[i] : average[i] + (mu[0] * (w[i] - average[i]));
        }

        eta[0] = lr / Math.Pow(1 + (Options.Number("lambd") * lr * t), Options.Number("alpha"));
        mu[0] = 1 / Math.Max(1, t - Options.Number("t0"));
    }
}

internal sealed class RpropOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var (previous, size) = (State("prev", w.Length), State("step_size", w.Length, lr));
        var (etas, sizes) = (Options.Of("etas"), Options.Of("step_sizes"));
        for (var i = 0; i < w.Length; i++)
        {
            var product = previous[i] * g[i];
            var factor = product > 0 ? etas[1].GetDouble() : product < 0 ? etas[0].GetDouble() : 1;
            size[i] = Math.Min(Math.Max(size[i] * factor, sizes[0].GetDouble()), sizes[1].GetDouble());
            var kept = product < 0 ? 0 : g[i];
            w[i] -= Math.Sign(kept) * size[i];
            previous[i] = kept;
        }
    }
}

/// <summary>PyTorch's velocity, whose first value is the gradient itself.</summary>
internal static class Velocities
{
    /// <summary>Updates the velocity and gives the step for a learning rate of 1.</summary>
    public static double[] Step(Func<string, int, double, double[]> state, GoldenOptions options, double[] g, int t)
    {
        var mu = options.Number("momentum");
        if (mu == 0)
            return g;
        var b = state("momentum_buffer", g.Length, 0);
        for (var i = 0; i < g.Length; i++)
            b[i] = t == 1 ? g[i] : (mu * b[i]) + ((1 - options.Number("dampening")) * g[i]);
        return options.Flag("nesterov") ? [.. g.Zip(b, (gradient, velocity) => gradient + (mu * velocity))] : [.. b];
    }
}
