using OptDsl.Samples.Learning;

namespace LinearRegression;

/// <summary>1,000 points of y = 2x₁ - 3.4x₂ + 4.2 + noise.</summary>
internal sealed class Samples
{
    public const int Count = 1000;

    public static readonly double[] Truth = [2, -3.4, 4.2];

    /// <summary>Draws the points.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="outliers">The share of points whose y is off by 20: a wrong unit, a broken sensor.</param>
    public Samples(ulong seed, double outliers = 0)
    {
        var random = new RandomSource(seed);
        for (var i = 0; i < Count; i++)
        {
            (X1[i], X2[i]) = (random.NextGaussian(), random.NextGaussian());
            Y[i] = Truth[0] * X1[i] + Truth[1] * X2[i] + Truth[2] + 0.01 * random.NextGaussian();
        }

        for (var i = 0; i < (int)(outliers * Count); i++)
            Y[i] += 20;
    }

    public double[] X1 { get; } = new double[Count];

    public double[] X2 { get; } = new double[Count];

    public double[] Y { get; } = new double[Count];

    /// <summary>How far the line with the given weights is above the point.</summary>
    public double Residual(int i, ReadOnlySpan<double> w) => w[0] * X1[i] + w[1] * X2[i] + w[2] - Y[i];

    /// <summary>Half the mean squared residual over all points.</summary>
    public double MeanLoss(ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
            sum += 0.5 * Residual(i, w) * Residual(i, w);
        return sum / Count;
    }
}
