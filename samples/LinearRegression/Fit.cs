using OptDsl;
using OptDsl.Samples.Learning;

namespace LinearRegression;

/// <summary>Fits weights to points, a batch of ten at a time.</summary>
internal static class Fit
{
    public const int BatchSize = 10;
    public const int StepsPerEpoch = Samples.Count / BatchSize;

    /// <summary>Runs epochs over the points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="pull">What a residual contributes to the gradient: the residual itself for the squared loss.</param>
    /// <returns>The weights, and the mean loss after every tenth step.</returns>
    public static (double[] Weights, List<(double Epoch, double Loss)> Curve) Run(Samples points, IUpdateRule<double> rule, int epochs, Func<double, double> pull)
    {
        double[] w = [0, 0, 0], gradient = [0, 0, 0];
        var optimizer = new Optimizer<double>();
        optimizer.Add(rule, new Parameter<double>("w", w, gradient));
        var curve = new List<(double Epoch, double Loss)> { (0, points.MeanLoss(w)) };
        var random = new RandomSource(seed: 11);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var order = random.NextPermutation(Samples.Count);
            for (var step = 1; step <= StepsPerEpoch; step++)
            {
                Array.Clear(gradient);
                foreach (var i in order.AsSpan((step - 1) * BatchSize, BatchSize))
                {
                    var pulled = pull(points.Residual(i, w)) / BatchSize;
                    gradient[0] += pulled * points.X1[i];
                    gradient[1] += pulled * points.X2[i];
                    gradient[2] += pulled;
                }

                optimizer.Step();
                if (step % 10 == 0)
                    curve.Add((epoch + (double)step / StepsPerEpoch, points.MeanLoss(w)));
            }
        }

        return (w, curve);
    }
}
