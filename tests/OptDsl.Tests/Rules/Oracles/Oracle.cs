namespace OptDsl.Tests.Rules.Oracles;

/// <summary>
/// A rule as the README of the golden files states it, with every option of its oracle: plain loops over doubles, written from
/// there and not from our formulas. It stands in for the oracle where no recorded case has the option.
/// </summary>
internal abstract class Oracle(GoldenOptions options)
{
    private readonly Dictionary<string, double[]> _states = [];

    /// <summary>The states so far, under the oracle's names.</summary>
    public IReadOnlyDictionary<string, double[]> States => _states;

    protected GoldenOptions Options { get; } = options;

    protected double Eps => Options.Number("eps");

    protected double WeightDecay => Options.Number("weight_decay");

    protected double Beta1 => Options.Of("betas")[0].GetDouble();

    protected double Beta2 => Options.Of("betas")[1].GetDouble();

    /// <summary>One step; the weights are updated in place.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradient">Their gradient; left as it is.</param>
    /// <param name="t">The step, 1 for the first.</param>
    /// <param name="lr">The learning rate of the step.</param>
    public void Step(double[] weights, double[] gradient, int t, double lr)
    {
        var sign = Options.Names.Contains("maximize") && Options.Flag("maximize") ? -1 : 1;
        Move(weights, [.. gradient.Select(value => sign * value)], t, lr);
    }

    /// <summary>One step with a gradient of its own, already turned around where the objective is to grow.</summary>
    protected abstract void Move(double[] w, double[] g, int t, double lr);

    protected double[] State(string name, int length, double initial = 0)
    {
        if (!_states.TryGetValue(name, out var state))
            _states[name] = state = [.. Enumerable.Repeat(initial, length)];
        return state;
    }

    /// <summary>g := g + wd·w.</summary>
    protected static void AddDecay(double[] g, double[] w, double decay)
    {
        for (var i = 0; i < w.Length; i++)
            g[i] += decay * w[i];
    }

    /// <summary>w := w·factor.</summary>
    protected static void Scale(double[] w, double factor)
    {
        for (var i = 0; i < w.Length; i++)
            w[i] *= factor;
    }

    /// <summary>average := b·average + (1-b)·values.</summary>
    protected static void Average(double[] average, double[] values, double b) => Accumulate(average, values, b, 1 - b);

    protected static void Accumulate(double[] average, double[] values, double b, double weight)
    {
        for (var i = 0; i < average.Length; i++)
            average[i] = (b * average[i]) + (weight * values[i]);
    }

    protected static void AverageSquares(double[] average, double[] values, double b) => Average(average, [.. values.Select(value => value * value)], b);

    protected static void KeepLargest(double[] largest, double[] values)
    {
        for (var i = 0; i < largest.Length; i++)
            largest[i] = Math.Max(largest[i], values[i]);
    }

    protected static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    protected static double Rms(double[] values) => Norm(values) / Math.Sqrt(values.Length);

    /// <summary>The step where it agrees with the gradient in sign, scaled by how many elements do; all of it without caution.</summary>
    protected double[] Cautious(double[] step, double[] g)
    {
        if (!Options.Flag("caution"))
            return [.. step];
        var mask = step.Zip(g, (u, gradient) => u * gradient > 0 ? 1.0 : 0.0).ToArray();
        var share = Math.Max(mask.Average(), 1e-3);
        return [.. step.Zip(mask, (u, kept) => u * kept / share)];
    }

    /// <summary>What multiplies the weight decay of a decoupled step: lr, or lr² over the initial lr.</summary>
    protected double DecayScale(double lr) => Options.Flag("corrected_weight_decay") ? lr * lr / Options.Hyper.GetProperty("lr").GetDouble() : lr;
}
