namespace OptDsl.Tests.Rules.Oracles;

internal sealed class AdamOracle(GoldenOptions options, bool decoupled) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (decoupled)
            Scale(w, 1 - (lr * WeightDecay));
        else
            AddDecay(g, w, WeightDecay);
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        if (Options.Flag("amsgrad"))
        {
            KeepLargest(State("max_exp_avg_sq", w.Length), v);
            v = State("max_exp_avg_sq", w.Length);
        }

        for (var i = 0; i < w.Length; i++)
            w[i] -= lr / (1 - Math.Pow(Beta1, t)) * m[i] / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(Beta2, t))) + Eps);
    }
}

internal sealed class AdamaxOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var (m, u) = (State("exp_avg", w.Length), State("exp_inf", w.Length));
        Average(m, g, Beta1);
        for (var i = 0; i < w.Length; i++)
        {
            u[i] = Math.Max(Beta2 * u[i], Math.Abs(g[i]) + Eps);
            w[i] -= lr / (1 - Math.Pow(Beta1, t)) * m[i] / u[i];
        }
    }
}

internal sealed class NAdamOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (Options.Flag("decoupled_weight_decay"))
            Scale(w, 1 - (lr * WeightDecay));
        else
            AddDecay(g, w, WeightDecay);
        var (m, v, product) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length), State("mu_product", 1, 1));
        product[0] *= Momentum(t);
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        for (var i = 0; i < w.Length; i++)
        {
            var d = Math.Sqrt(v[i] / (1 - Math.Pow(Beta2, t))) + Eps;
            w[i] -= lr * (1 - Momentum(t)) / (1 - product[0]) * g[i] / d;
            w[i] -= lr * Momentum(t + 1) / (1 - (product[0] * Momentum(t + 1))) * m[i] / d;
        }
    }

    private double Momentum(int k) => Beta1 * (1 - (0.5 * Math.Pow(0.96, k * Options.Number("momentum_decay"))));
}

internal sealed class NAdamWOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        Scale(w, 1 - (DecayScale(lr) * WeightDecay));
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        double[] ahead = [.. m];
        Average(ahead, g, Beta1);
        ahead = Cautious(ahead, g);
        for (var i = 0; i < w.Length; i++)
            w[i] -= lr / (1 - Math.Pow(Beta1, t)) * ahead[i] / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(Beta2, t))) + Eps);
    }
}

internal sealed class RAdamOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (Options.Flag("decoupled_weight_decay"))
            Scale(w, 1 - (lr * WeightDecay));
        else
            AddDecay(g, w, WeightDecay);
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        var most = (2 / (1 - Beta2)) - 1;
        var r = most - (2 * t * Math.Pow(Beta2, t) / (1 - Math.Pow(Beta2, t)));
        for (var i = 0; i < w.Length; i++)
        {
            var corrected = m[i] / (1 - Math.Pow(Beta1, t));
            var rectified = r > 5
                ? Math.Sqrt((r - 4) * (r - 2) * most / ((most - 4) * (most - 2) * r)) * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (Math.Sqrt(v[i]) + Eps)
                : 1;
            w[i] -= lr * corrected * rectified;
        }
    }
}

internal sealed class AdaBeliefOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        if (Options.Flag("decoupled_decay"))
            Scale(w, 1 - (Options.Flag("fixed_decay") ? WeightDecay : lr * WeightDecay));
        else
            AddDecay(g, w, WeightDecay);
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_var", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, [.. g.Zip(m, (gradient, average) => gradient - average)], Beta2);
        for (var i = 0; i < v.Length; i++)
            v[i] += Eps;
        var used = v;
        if (Options.Flag("amsgrad"))
        {
            used = State("max_exp_avg_var", w.Length);
            KeepLargest(used, v);
        }

        var first = 1 - Math.Pow(Beta1, t);
        if (!Options.Flag("rectify"))
        {
            for (var i = 0; i < w.Length; i++)
                w[i] -= lr / first * m[i] / ((Math.Sqrt(used[i]) / Math.Sqrt(1 - Math.Pow(Beta2, t))) + Eps);
            return;
        }

        var most = (2 / (1 - Beta2)) - 1;
        var r = most - (2 * t * Math.Pow(Beta2, t) / (1 - Math.Pow(Beta2, t)));
        var k = Math.Sqrt(Math.Max((1 - Math.Pow(Beta2, t)) * (r - 4) / (most - 4) * (r - 2) / r * most / (most - 2), 0)) / first;
        for (var i = 0; i < w.Length; i++)
        {
            if (r >= 5)
                w[i] -= lr * k * m[i] / (Math.Sqrt(v[i]) + Eps);
            else if (Options.Flag("degenerated_to_sgd"))
                w[i] -= lr / first * m[i];
        }
    }
}

internal sealed class AdaBoundOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var (m, v) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        if (Options.Flag("amsbound"))
        {
            KeepLargest(State("max_exp_avg_sq", w.Length), v);
            v = State("max_exp_avg_sq", w.Length);
        }

        var (f, gamma) = (Options.Number("final_lr") * lr / Options.Number("lr"), Options.Number("gamma"));
        for (var i = 0; i < w.Length; i++)
        {
            var a = lr * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t)) / (Math.Sqrt(v[i]) + Eps);
            w[i] -= Math.Clamp(a, f * (1 - (1 / ((gamma * t) + 1))), f * (1 + (1 / (gamma * t)))) * m[i];
        }
    }
}

internal sealed class YogiOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var start = Options.Number("initial_accumulator");
        var (m, v) = (State("exp_avg", w.Length, start), State("exp_avg_sq", w.Length, start));
        Average(m, g, Beta1);
        for (var i = 0; i < w.Length; i++)
        {
            v[i] -= (1 - Beta2) * Math.Sign(v[i] - (g[i] * g[i])) * g[i] * g[i];
            w[i] -= lr / (1 - Math.Pow(Beta1, t)) * m[i] / ((Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(Beta2, t))) + Eps);
        }
    }
}

internal sealed class DiffGradOracle(GoldenOptions options) : Oracle(options)
{
    protected override void Move(double[] w, double[] g, int t, double lr)
    {
        AddDecay(g, w, WeightDecay);
        var (m, v, previous) = (State("exp_avg", w.Length), State("exp_avg_sq", w.Length), State("previous_grad", w.Length));
        Average(m, g, Beta1);
        AverageSquares(v, g, Beta2);
        for (var i = 0; i < w.Length; i++)
        {
            var friction = 1 / (1 + Math.Exp(-Math.Abs(previous[i] - g[i])));
            previous[i] = g[i];
            w[i] -= lr * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t)) * m[i] * friction / (Math.Sqrt(v[i]) + Eps);
        }
    }
}
