namespace OptDsl.Tests.Rules.Papers;

/// <summary>The options of the authors' Prodigy, under their names and with their defaults; beta3 is null for √β₂.</summary>
internal sealed record ProdigyOptions
{
    public Func<int, double> Lr { get; init; } = _ => 1;

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double? Beta3 { get; init; }

    public double Eps { get; init; } = 1e-8;

    public double WeightDecay { get; init; }

    public bool Decouple { get; init; } = true;

    public bool UseBiasCorrection { get; init; }

    public bool SafeguardWarmup { get; init; }

    public double D0 { get; init; } = 1e-6;

    public double DCoef { get; init; } = 1;

    public double GrowthRate { get; init; } = double.PositiveInfinity;
}

/// <summary>The authors' step of one parameter group: two walks over all tensors, and between them one estimate for all.</summary>
internal sealed class ProdigyGroupPaper(ProdigyOptions options)
{
    private readonly Dictionary<int, Buffers> _buffers = [];
    private double _d = options.D0;
    private double _dMax = options.D0;
    private double _numerator;
    private int _k;
    private int _calls;

    public double D => _d;

    public double DMax => _dMax;

    public double Numerator => _numerator;

    public Buffers Of(int tensor) => _buffers[tensor];

    /// <summary>One step.</summary>
    /// <param name="weights">The tensors.</param>
    /// <param name="gradients">Their gradients; null for a tensor that has none.</param>
    public void Step(double[][] weights, double[]?[] gradients)
    {
        var (beta1, beta2, lr) = (options.Beta1, options.Beta2, options.Lr(++_calls));
        var beta3 = options.Beta3 ?? Math.Sqrt(beta2);
        var biasCorrection = options.UseBiasCorrection ? Math.Pow(1 - Math.Pow(beta2, _k + 1), 0.5) / (1 - Math.Pow(beta1, _k + 1)) : 1;
        var dlr = _d * lr * biasCorrection;
        var numerator = _numerator * beta3;
        var denominator = 0.0;
        for (var tensor = 0; tensor < weights.Length; tensor++)
        {
            if (gradients[tensor] is not { } gradient)
                continue;
            var w = weights[tensor];
            if (options.WeightDecay != 0 && !options.Decouple)
                gradient = [.. gradient.Select((g, i) => g + (options.WeightDecay * w[i]))];
            if (!_buffers.TryGetValue(tensor, out var buffers))
                _buffers.Add(tensor, buffers = new Buffers([.. w], new double[w.Length], new double[w.Length], new double[w.Length]));
            if (lr == 0)
                continue;
            numerator += _d / options.D0 * dlr * gradient.Select((g, i) => g * (buffers.P0[i] - w[i])).Sum();
            for (var i = 0; i < w.Length; i++)
            {
                buffers.ExpAvg[i] = (buffers.ExpAvg[i] * beta1) + (gradient[i] * (_d * (1 - beta1)));
                buffers.ExpAvgSq[i] = (buffers.ExpAvgSq[i] * beta2) + (gradient[i] * gradient[i] * (_d * _d * (1 - beta2)));
                buffers.S[i] = (buffers.S[i] * beta3) + (gradient[i] * (_d / options.D0 * (options.SafeguardWarmup ? _d : dlr)));
            }

            denominator += buffers.S.Sum(Math.Abs);
        }

        if (denominator == 0)
            return;
        var dHat = options.DCoef * numerator / denominator;
        if (_d == options.D0)
            _d = Math.Max(_d, dHat);
        _dMax = Math.Max(_dMax, dHat);
        _d = Math.Min(_dMax, _d * options.GrowthRate);
        _numerator = numerator;
        for (var tensor = 0; tensor < weights.Length; tensor++)
        {
            if (gradients[tensor] is null)
                continue;
            var (w, buffers) = (weights[tensor], _buffers[tensor]);
            for (var i = 0; i < w.Length; i++)
            {
                var denom = Math.Sqrt(buffers.ExpAvgSq[i]) + (_d * options.Eps);
                if (options.WeightDecay != 0 && options.Decouple)
                    w[i] += w[i] * (-options.WeightDecay * dlr);
                w[i] += -dlr * (buffers.ExpAvg[i] / denom);
            }
        }

        _k++;
    }

    /// <summary>What is kept for each tensor.</summary>
    internal sealed record Buffers(double[] P0, double[] ExpAvg, double[] ExpAvgSq, double[] S);
}

/// <summary>The authors' code for Prodigy with a group of one tensor.</summary>
internal sealed class ProdigyPaper(ProdigyOptions options) : PaperAlgorithm
{
    private readonly ProdigyGroupPaper _group = new(options);

    public override void Step(double[] w, double[] g, int t) => _group.Step([w], [g]);
}
