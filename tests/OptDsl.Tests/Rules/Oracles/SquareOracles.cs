namespace OptDsl.Tests.Rules.Oracles;

internal sealed class AdagradOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var sum = State("sum", w.Length, Options.Number("initial_accumulator_value"));
        for (var i = 0; i < w.Length; i++)
        {
            sum[i] += g[i] * g[i];
            w[i] -= lr / (1 + ((t - 1) * Options.Number("lr_decay"))) * g[i] / (Math.Sqrt(sum[i]) + Eps);
        }
    }
}

internal sealed class AdadeltaOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var (v, a, rho) = (State("square_avg", w.Length), State("acc_delta", w.Length), Options.Number("rho"));
        AverageSquares(v, g, rho);
        for (var i = 0; i < w.Length; i++)
        {
            var d = g[i] * Math.Sqrt(a[i] + Eps) / Math.Sqrt(v[i] + Eps);
            a[i] = (rho * a[i]) + ((1 - rho) * d * d);
            w[i] -= lr * d;
        }
    }
}

internal sealed class RmsPropOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var (v, alpha, mu) = (State("square_avg", w.Length), Options.Number("alpha"), Options.Number("momentum"));
        AverageSquares(v, g, alpha);
        if (Options.Flag("centered"))
            Average(State("grad_avg", w.Length), g, alpha);
        for (var i = 0; i < w.Length; i++)
        {
            var mean = Options.Flag("centered") ? State("grad_avg", w.Length)[i] : 0;
            var step = g[i] / (Math.Sqrt(v[i] - (mean * mean)) + Eps);
            if (mu > 0)
            {
                var b = State("momentum_buffer", w.Length);
                step = b[i] = (mu * b[i]) + step;
            }

            w[i] -= lr * step;
        }
    }
}

internal sealed class RmsPropTFOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (Options.Flag("decoupled_decay"))
            Scale(w, 1 - (DecayScale(lr) * WeightDecay));
        else
            AddDecay(g, w, WeightDecay);
        var (v, alpha, mu) = (State("square_avg", w.Length, 1), Options.Number("alpha"), Options.Number("momentum"));
        for (var i = 0; i < w.Length; i++)
            v[i] += (1 - alpha) * ((g[i] * g[i]) - v[i]);
        var q = v.Select(value => Math.Sqrt(value + Eps)).ToArray();
        if (Options.Flag("centered"))
        {
            var mean = State("grad_avg", w.Length);
            for (var i = 0; i < w.Length; i++)
            {
                mean[i] += (1 - alpha) * (g[i] - mean[i]);
                q[i] = Math.Sqrt(v[i] - (mean[i] * mean[i]) + Eps);
            }
        }

        var inside = Options.Flag("lr_in_momentum");
        if (mu == 0)
        {
            for (var i = 0; i < w.Length; i++)
                w[i] -= lr * g[i] / q[i];
            return;
        }

        var b = State("momentum_buffer", w.Length);
        for (var i = 0; i < w.Length; i++)
            b[i] = (mu * b[i]) + ((inside ? lr : 1) * g[i] / q[i]);
        var step = Cautious(b, g);
        for (var i = 0; i < w.Length; i++)
            w[i] -= (inside ? 1 : lr) * step[i];
    }
}

internal sealed class AdafactorOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var eps = Options.Of("eps");
        var least = eps[0].ValueKind == System.Text.Json.JsonValueKind.Null ? (Options.IsDouble ? Math.Pow(2, -52) : Math.Pow(2, -23)) : eps[0].GetDouble();
        var k = Math.Pow(t, Options.Number("beta2_decay"));
        var alpha = Math.Max(eps[1].GetDouble(), Rms(w)) * Math.Min(lr, 1 / Math.Sqrt(t));
        Scale(w, 1 - (lr * WeightDecay));
        var v = State("variance", w.Length);
        for (var i = 0; i < w.Length; i++)
            v[i] += k * ((g[i] * g[i]) - v[i]);
        var u = g.Zip(v, (gradient, square) => gradient / Math.Sqrt(Math.Max(square, least * least))).ToArray();
        var clip = Math.Max(1, Rms(u) / Options.Number("d"));
        for (var i = 0; i < w.Length; i++)
            w[i] -= alpha * u[i] / clip;
    }
}

internal sealed class AdafactorTimmOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (Options.IsNull("lr"))
        {
            lr = Math.Min(Options.Flag("warmup_init") ? 1e-6 * t : 0.01, 1 / Math.Sqrt(t));
            if (Options.Flag("scale_parameter"))
                lr *= Math.Max(Options.Number("eps_scale"), Rms(w));
        }

        var b = 1 - Math.Pow(t, Options.Number("decay_rate"));
        var v = State("exp_avg_sq", w.Length);
        for (var i = 0; i < w.Length; i++)
            v[i] = (b * v[i]) + ((1 - b) * ((g[i] * g[i]) + Eps));
        var u = g.Zip(v, (gradient, square) => gradient / Math.Sqrt(square)).ToArray();
        Scale(u, lr / Math.Max(1, Rms(u) / Options.Number("clip_threshold")));
        if (!Options.IsNull("beta1"))
        {
            var m = State("exp_avg", w.Length);
            Average(m, u, Options.Number("beta1"));
            u = Cautious(m, g);
        }

        for (var i = 0; i < w.Length; i++)
            w[i] = (w[i] * (1 - (WeightDecay * lr))) - u[i];
    }
}

/// <summary>With the RMS clipping as its authors meant it, which timm had the other way round until 2026.</summary>
internal sealed class AdafactorBVOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var b = Math.Min(Options.Number("beta2_cap"), 1 - Math.Pow(t, -Options.Number("decay_rate")));
        var v = State("exp_avg_sq", w.Length);
        for (var i = 0; i < w.Length; i++)
            v[i] += (1 - b) * ((g[i] * g[i]) + (Options.IsNull("eps") ? 1e-30 : Eps) - v[i]);
        var u = g.Zip(v, (gradient, square) => gradient / Math.Sqrt(square)).ToArray();
        if (!Options.IsNull("clipping_threshold"))
            Scale(u, 1 / Math.Max(1, Rms(u) / Options.Number("clipping_threshold")));
        if (!Options.IsNull("momentum"))
        {
            var m = State("exp_avg", w.Length);
            Average(m, u, Options.Number("momentum"));
            u = Cautious(m, g);
        }

        Scale(w, 1 - (Options.Flag("unscaled_wd") ? WeightDecay : DecayScale(lr) * WeightDecay));
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * u[i];
    }
}
