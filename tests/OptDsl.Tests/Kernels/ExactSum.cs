using System.Numerics;

namespace OptDsl.Tests.Kernels;

/// <summary>A sum of doubles without rounding: whole multiples of the smallest double.</summary>
internal sealed class ExactSum
{
    private BigInteger _units;

    public void Add(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = (bits & 0xfffffffffffff) | (exponent == 0 ? 0 : 1L << 52);
        _units += new BigInteger(bits < 0 ? -mantissa : mantissa) << Math.Max(0, exponent - 1);
    }

    /// <summary>The distance of a value from the sum, in double.</summary>
    public double DistanceTo(double value)
    {
        var difference = new ExactSum { _units = -_units };
        difference.Add(value);
        var units = BigInteger.Abs(difference._units);
        var shift = Math.Max(0, (int)units.GetBitLength() - 64);
        return Math.ScaleB((double)(units >> shift), shift - 1074);
    }
}
