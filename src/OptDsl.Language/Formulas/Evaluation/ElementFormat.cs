namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>A floating-point format that tensors are stored and computed in; every value of one is a double.</summary>
internal sealed class ElementFormat
{
    private readonly int _precision;
    private readonly int _minExponent;

    private ElementFormat(string name, int precision, int minExponent, double max)
    {
        Name = name;
        Max = max;
        _precision = precision;
        _minExponent = minExponent;
    }

    /// <summary>IEEE binary64: nothing is rounded further.</summary>
    public static ElementFormat Double { get; } = new("double", 53, -1022, double.MaxValue);

    /// <summary>IEEE binary32.</summary>
    public static ElementFormat Single { get; } = new("float", 24, -126, float.MaxValue);

    /// <summary>IEEE binary16.</summary>
    public static ElementFormat Half { get; } = new("half", 11, -14, 65504);

    /// <summary>The C# name of the type.</summary>
    public string Name { get; }

    /// <summary>The largest finite value.</summary>
    public double Max { get; }

    /// <summary>The largest relative error of rounding a normal number to nearest.</summary>
    public double UnitRoundoff => PowerOfTwo(-_precision);

    /// <summary>The smallest positive value, a subnormal.</summary>
    public double Smallest => PowerOfTwo(_minExponent - _precision + 1);

    /// <summary>The nearest value of the format, ties to even; beyond the largest an infinity.</summary>
    public double Round(double value)
    {
        if (_precision == 53 || value == 0 || double.IsNaN(value) || double.IsInfinity(value))
            return value;
        if (_precision == 24)
            return (float)value;

        var exponent = Math.Max(ExponentOf(value), _minExponent);
        var lastPlace = PowerOfTwo(exponent - _precision + 1);
        var rounded = Math.Round(value / lastPlace, MidpointRounding.ToEven) * lastPlace;
        return Math.Abs(rounded) > Max ? (value > 0 ? double.PositiveInfinity : double.NegativeInfinity) : rounded;
    }

    private static int ExponentOf(double value) => (int)((BitConverter.DoubleToInt64Bits(value) >> 52) & 0x7FF) - 1023;

    private static double PowerOfTwo(int exponent) => exponent < -1022
        ? BitConverter.Int64BitsToDouble(1L << (exponent + 1074))
        : BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);
}
