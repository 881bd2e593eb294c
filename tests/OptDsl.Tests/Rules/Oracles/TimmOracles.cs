namespace OptDsl.Tests.Rules.Oracles;

internal sealed class LionOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        Scale(w, 1 - (DecayScale(lr) * WeightDecay));
        var m = State("exp_avg", w.Length);
        double[] c = [.. m];
        Average(c, g, Beta1);
        var u = Cautious([.. c.Select(value => (double)Math.Sign(value))], g);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * u[i];
        Average(m, g, Beta2);
    }
}

internal sealed class AdoptOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (!Options.Flag("decoupled"))
            AddDecay(g, w, WeightDecay);
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        if (t == 1)
        {
            g.Select(value => value * value).ToArray().CopyTo(v, 0);
            return;
        }

        if (Options.Flag("decoupled"))
            Scale(w, 1 - (DecayScale(lr) * WeightDecay));
        var n = g.Zip(v, (gradient, square) => gradient / Math.Max(Math.Sqrt(square), Eps)).ToArray();
        if (!Options.IsNull("clip_exp"))
        {
            var limit = Math.Pow(t - 1, Options.Number("clip_exp"));
            n = [.. n.Select(value => Math.Clamp(value, -limit, limit))];
        }

        Average(m, n, Beta1);
        var step = Cautious(m, g);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * step[i];
        AverageSquares(v, g, Beta2);
    }
}

internal sealed class LaPropOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var (m, v, rates) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length), State("exp_avg_lr_1", 1));
        AverageSquares(v, g, Beta2);
        Average(rates, [lr], Beta1);
        Average(State("exp_avg_lr_2", 1), [1], Beta2);
        Average(m, [.. g.Zip(v, (gradient, square) => lr * gradient / (Math.Sqrt(square / (1 - Math.Pow(Beta2, t))) + Eps))], Beta1);
        var step = Cautious(m, g);
        for (var i = 0; i < w.Length; i++)
            w[i] -= step[i] * (lr / rates[0]);
        Scale(w, 1 - (DecayScale(lr) * WeightDecay));
    }
}

/// <summary>One tensor of LAMB, after the clipping by the norm of all gradients.</summary>
internal sealed class LambOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        Accumulate(m, g, Beta1, Options.Flag("grad_averaging") ? 1 - Beta1 : 1);
        AverageSquares(v, g, Beta2);
        var (first, second) = Options.Flag("bias_correction") ? (1 - Math.Pow(Beta1, t), 1 - Math.Pow(Beta2, t)) : (1, 1);
        var u = Cautious([.. m.Zip(v, (average, square) => average / first / ((Math.Sqrt(square) / Math.Sqrt(second)) + Eps))], g);
        if (Options.Flag("decoupled_decay"))
            Scale(w, 1 - (DecayScale(lr) * WeightDecay));
        else
            AddDecay(u, w, WeightDecay);
        if (WeightDecay != 0 || Options.Flag("always_adapt"))
        {
            var (size, length) = (Norm(w), Norm(u));
            var ratio = size > 0 && length > 0 ? size / length : 1;
            Scale(u, Options.Flag("trust_clip") ? Math.Min(ratio, 1) : ratio);
        }

        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * u[i];
    }
}

internal sealed class NovoGradOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", 1));
        var s = g.Sum(value => value * value);
        v[0] = v[0] == 0 ? s : (Beta2 * v[0]) + ((1 - Beta2) * s);
        var used = v;
        if (Options.Flag("amsgrad"))
        {
            used = State("max_exp_avg_sq", 1);
            KeepLargest(used, v);
        }

        Scale(g, 1 / (Math.Sqrt(used[0]) + Eps));
        AddDecay(g, w, WeightDecay);
        Accumulate(m, g, Beta1, Options.Flag("grad_averaging") ? 1 - Beta1 : 1);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr * m[i];
    }
}

/// <summary>Both forms of MARS: its own, and AdamW for the vectors that it leaves alone.</summary>
internal sealed class MarsOracle(GoldenOptions options, bool isVector) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        var isPlain = isVector && !Options.Flag("optimize_1d");
        var betas = Options.Of(isPlain ? "betas_1d" : "betas");
        var (b1, b2) = (betas[0].GetDouble(), betas[1].GetDouble());
        var (m, v, previous) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length), State("last_grad", w.Length));
        double[] c = [.. g];
        if (!isPlain && t > 1)
        {
            for (var i = 0; i < c.Length; i++)
                c[i] += Options.Number("gamma") * (b1 / (1 - b1)) * (g[i] - previous[i]);
            if (Norm(c) is > 1 and var norm)
                Scale(c, 1 / norm);
        }

        g.CopyTo(previous, 0);
        Average(m, c, b1);
        var kept = Cautious(m, g);
        var isLion = !isPlain && Options.Text("mars_type") == "lion";
        if (!isLion)
            AverageSquares(v, c, b2);
        for (var i = 0; i < w.Length; i++)
        {
            var u = isLion ? Math.Sign(kept[i]) : kept[i] / (1 - Math.Pow(b1, t)) / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(b2, t))) + Eps);
            w[i] -= lr * (isPlain ? Options.Number("lr_1d_factor") : 1) * ((WeightDecay * w[i]) + u);
        }
    }
}

/// <summary>What Muon does to vectors and narrow matrices.</summary>
internal sealed class MuonFallbackOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        lr *= Options.Number("fallback_lr_scale");
        Scale(w, 1 - (lr * WeightDecay));
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        double[] ahead = [.. m];
        if (Options.Flag("nesterov"))
            Average(ahead, g, Beta1);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr / (1 - Math.Pow(Beta1, t)) * ahead[i] / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(Beta2, t))) + Eps);
    }
}
