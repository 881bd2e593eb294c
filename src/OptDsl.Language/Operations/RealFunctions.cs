using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>Functions of doubles that the platform lacks on which compilers run, or that must be computed in a certain way.</summary>
internal static class RealFunctions
{
    /// <summary>Small whole powers by multiplication, as kernels compute them.</summary>
    public static double Power(double value, double exponent) => exponent switch
    {
        1 => value,
        2 => value * value,
        -1 => 1 / value,
        _ => Math.Pow(value, exponent),
    };

    /// <summary>The cube root: a power, polished by one Newton step.</summary>
    public static double Cbrt(double value)
    {
        if (value == 0 || double.IsNaN(value) || double.IsInfinity(value))
            return value;
        var root = Math.Pow(Math.Abs(value), 1.0 / 3);
        root -= (root - Math.Abs(value) / (root * root)) / 3;
        return value < 0 ? -root : root;
    }

    /// <summary>1 / (1 + exp(-x)), of either sign by the exponential that cannot overflow.</summary>
    public static double Sigmoid(double value)
    {
        var decay = Math.Exp(-Math.Abs(value));
        return (value >= 0 ? 1 : decay) / (1 + decay);
    }

    /// <summary>The error function, as kernels compute it.</summary>
    public static double Erf(double value)
    {
        var magnitude = Math.Abs(value);
        if (!(magnitude >= ErfPolynomials.Border))
            return value + (value * Polynomial(ErfPolynomials.Inner, value * value));
        var near = Math.Min(magnitude, ErfPolynomials.End);
        return Math.Sign(value) * (1 - (Math.Exp(-(near * near)) * Polynomial(ErfPolynomials.Outer, 2 / (2 + near))));
    }

    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public static double Sign(double value) => value > 0 ? 1 : value < 0 ? -1 : 0;

    private static double Polynomial(ImmutableArray<double> coefficients, double x)
    {
        var value = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
            value = (value * x) + coefficients[i];
        return value;
    }
}
