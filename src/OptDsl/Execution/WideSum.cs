using System.Runtime.CompilerServices;

namespace OptDsl.Execution;

/// <summary>
/// A sum of squares that neither overflows nor vanishes, whatever doubles were squared: <c>value · 2^exponent</c>. In the range where
/// squares of floats are, and most others, the exponent is 0, and the sum has the bits that a double has.
/// </summary>
internal readonly struct WideSum
{
    // Values are kept within ±2^800, far from both ends of doubles; squares reach from 2^-2148 to 2^2048.
    private const int Shift = 1200;
    private const double Largest = 6.668014432879854e240;
    private const double Smallest = 1 / Largest;

    private readonly int _exponent;

    /// <summary>A sum that is a double.</summary>
    public WideSum(double value) => Value = value;

    private WideSum(double value, int exponent) => (Value, _exponent) = (value, exponent);

    /// <summary>The sum without its exponent.</summary>
    public double Value { get; }

    /// <summary>The sum as a double, which may be too large or too small for it.</summary>
    public double Sum => Math.ScaleB(Value, _exponent);

    /// <summary>The root of the sum.</summary>
    public double Root => RootTimes(0);

    /// <summary>The root of the sum times a power of two.</summary>
    public double RootTimes(int exponent) => Math.ScaleB(Math.Sqrt(Value), (_exponent / 2) + exponent);

    /// <summary>The sum in a double: itself where the exponent is 0, else the root with a minus before it, which a sum of squares cannot have.</summary>
    public double Packed => _exponent == 0 ? Value : -Root;

    /// <summary>The sum that was packed.</summary>
    public static WideSum Unpack(double packed) => packed < 0 ? Square(packed) : new WideSum(packed);

    /// <summary>True for a value that may stand by itself: it is 0, or not finite, or of a size at which no square is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSafe(double value) => value is >= Smallest and <= Largest;

    /// <summary>The square of a double.</summary>
    public static WideSum Square(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return new WideSum(Math.Abs(value));
        var exponent = Math.ILogB(value);
        var fraction = Math.ScaleB(value, -exponent);
        return Of(fraction * fraction, 2 * exponent);
    }

    /// <summary>A sum that is a double times a power of two.</summary>
    public static WideSum Of(double value, int exponent)
    {
        if (value == 0 || !double.IsFinite(value))
            return new WideSum(value);
        var size = Math.ILogB(value) + exponent;
        var shift = size >= 800 ? Shift : size < -800 ? -Shift : 0;
        return new WideSum(Math.ScaleB(value, exponent - shift), shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideSum operator +(WideSum left, WideSum right)
    {
        var sum = left.Value + right.Value;
        return (left._exponent | right._exponent) == 0 && sum <= Largest ? new WideSum(sum) : Aligned(left, right);
    }

    private static WideSum Aligned(WideSum left, WideSum right)
    {
        if (left.Value == 0)
            return right;
        if (right.Value == 0)
            return left;
        var exponent = Math.Max(left._exponent, right._exponent);
        return Of(Math.ScaleB(left.Value, left._exponent - exponent) + Math.ScaleB(right.Value, right._exponent - exponent), exponent);
    }
}
