namespace OptDsl.Benchmarks.Contestants;

/// <summary>The rules that everybody tunes for, as their papers print them.</summary>
internal static class KnownRules
{
    // The hyper-parameters are the defaults of the declarations.
    public static BenchmarkRule[] All => [Sgd(), Momentum(), RmsProp(), AdamW(), Lion(), Lamb()];

    private static BenchmarkRule Sgd()
    {
        double[] h = [1e-3];
        var single = Single(h);
        var rule = new PlainSgd();
        return new BenchmarkRule("SGD", h, 0)
        {
            Create = () => new PlainSgd(),
            CFunction = "sgd",
            Generated = (x, start, count, t) => rule.Update(t, x.W.Slice(start, count), x.G.Slice(start, count)),
            Reference = (W, g, _, _) => NaiveSteps.Sgd(h, W, g),
            Naive = (x, start, count, _) => NaiveSteps.Sgd(single, x.W.Slice(start, count), x.G.Slice(start, count)),
            Tensor = (x, start, count, _, _) => TensorSteps.Sgd(h, x.W.Slice(start, count), x.G.Slice(start, count)),
        };
    }

    private static BenchmarkRule Momentum()
    {
        double[] h = [1e-3, 0.9];
        var single = Single(h);
        var rule = new PlainMomentum();
        return new BenchmarkRule("momentum", h, 1)
        {
            Create = () => new PlainMomentum(),
            CFunction = "momentum",
            Generated = (x, start, count, t) => rule.Update(t, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
            Reference = (W, g, s, _) => NaiveSteps.Momentum(h, W, g, s[0]),
            Naive = (x, start, count, _) => NaiveSteps.Momentum(single, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
            Tensor = (x, start, count, _, _) => TensorSteps.Momentum(h, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
        };
    }

    private static BenchmarkRule RmsProp()
    {
        double[] h = [1e-3, 0.99, 1e-8];
        var single = Single(h);
        var rule = new PlainRmsProp();
        return new BenchmarkRule("RMSProp", h, 1)
        {
            Create = () => new PlainRmsProp(),
            CFunction = "rmsprop",
            Generated = (x, start, count, t) => rule.Update(t, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
            Reference = (W, g, s, _) => NaiveSteps.RmsProp(h, W, g, s[0]),
            Naive = (x, start, count, _) => NaiveSteps.RmsProp(single, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
            Tensor = (x, start, count, _, rows) =>
                TensorSteps.RmsProp(h, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), rows),
        };
    }

    private static BenchmarkRule AdamW()
    {
        double[] h = [1e-3, 0.9, 0.999, 1e-8, 0.01];
        var single = Single(h);
        var rule = new PlainAdamW();
        return new BenchmarkRule("AdamW", h, 2)
        {
            Create = () => new PlainAdamW(),
            CFunction = "adamw",
            Generated = (x, start, count, t) => rule.Update(
                t, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count)),
            Reference = (W, g, s, t) => NaiveSteps.AdamW(h, W, g, s[0], s[1], t),
            Naive = (x, start, count, t) => NaiveSteps.AdamW(
                single, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count), t),
            Tensor = (x, start, count, t, rows) => TensorSteps.AdamW(
                h, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count), t, rows),
        };
    }

    private static BenchmarkRule Lion()
    {
        double[] h = [1e-4, 0.9, 0.99, 0.01];
        var single = Single(h);
        var rule = new PlainLion();
        return new BenchmarkRule("Lion", h, 1)
        {
            Create = () => new PlainLion(),
            CFunction = "lion",
            Generated = (x, start, count, t) => rule.Update(t, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
            Reference = (W, g, s, _) => NaiveSteps.Lion(h, W, g, s[0]),
            Naive = (x, start, count, _) => NaiveSteps.Lion(single, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count)),
            Tensor = (x, start, count, _, rows) =>
                TensorSteps.Lion(h, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), rows),
        };
    }

    private static BenchmarkRule Lamb()
    {
        double[] h = [1e-3, 0.9, 0.999, 1e-6, 0.01];
        var single = Single(h);
        var rule = new PlainLamb();
        return new BenchmarkRule("LAMB", h, 2)
        {
            Create = () => new PlainLamb(),
            CFunction = "lamb",
            Reduces = true,
            Generated = (x, start, count, t) => rule.Update(
                t, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count)),
            Reference = (W, g, s, t) => NaiveSteps.Lamb(h, W, g, s[0], s[1], new double[W.Length], t),
            Naive = (x, start, count, t) => NaiveSteps.Lamb(
                single, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count), x.S2.Slice(start, count), t),
            Tensor = (x, start, count, t, rows) => TensorSteps.Lamb(
                h, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count), t, rows),
        };
    }

    private static float[] Single(double[] hypers) => [.. hypers.Select(hyper => (float)hyper)];
}
