namespace HandWritten;

/// <summary>A regression on prices. The step counter is stepped for every coefficient.</summary>
public sealed class PriceModel
{
    private readonly double[] _m = new double[12], _v = new double[12];
    private int _t;

    /// <summary>The coefficients.</summary>
    public double[] Coefficients { get; } = new double[12];

    /// <summary>Moves the coefficients against the gradient of the squared error.</summary>
    public void Fit(double[] gradient, double rate = 0.01)
    {
        for (var i = 0; i < Coefficients.Length; i++)
        {
            _t++;
            _m[i] = 0.9 * _m[i] + 0.1 * gradient[i];
            _v[i] = 0.999 * _v[i] + 0.001 * gradient[i] * gradient[i];
            var m = _m[i] / (1 - Math.Pow(0.9, _t));
            var v = _v[i] / (1 - Math.Pow(0.999, _t));
            Coefficients[i] -= rate * m / (Math.Sqrt(v) + 1e-8);
        }
    }
}
