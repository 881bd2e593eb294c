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

    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public static double Sign(double value) => value > 0 ? 1 : value < 0 ? -1 : 0;
}
