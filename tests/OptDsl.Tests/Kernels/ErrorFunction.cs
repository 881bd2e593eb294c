using System.Numerics;

namespace OptDsl.Tests.Kernels;

/// <summary>The error function by its Taylor series in fixed point, 400 bits behind the point: independent of how kernels compute it.</summary>
internal static class ErrorFunction
{
    private const int Bits = 400;

    private static readonly BigInteger s_one = BigInteger.One << Bits;

    private static readonly BigInteger s_twoByRootOfPi = Root((4 * s_one * s_one * s_one) / Pi());

    /// <summary>The double nearest to erf(x).</summary>
    public static double Of(double x)
    {
        if (double.IsNaN(x) || x == 0)
            return x;
        if (Math.Abs(x) > 6)
            return Math.Sign(x);

        // Below this the first term is all, and fixed point would lose bits of it.
        if (Math.Abs(x) < 1e-20)
            return 1.1283791670955126 * x;
        var argument = Fixed(x);
        var square = (argument * argument) >> Bits;
        var (term, sum) = (argument, argument);
        for (var n = 1; !term.IsZero; n++)
        {
            term = -((term * square) >> Bits) / n;
            sum += term / ((2 * n) + 1);
        }

        return ToDouble((sum * s_twoByRootOfPi) >> Bits);
    }

    private static BigInteger Fixed(double x)
    {
        var exponent = Math.ILogB(x) - 52;
        var mantissa = new BigInteger(Math.ScaleB(x, -exponent));
        return exponent + Bits >= 0 ? mantissa << (exponent + Bits) : mantissa >> -(exponent + Bits);
    }

    /// <summary>Rounded to nearest.</summary>
    private static double ToDouble(BigInteger value)
    {
        var excess = (int)BigInteger.Abs(value).GetBitLength() - 53;
        if (excess <= 0)
            return Math.ScaleB((double)value, -Bits);
        var rounded = (BigInteger.Abs(value) + (BigInteger.One << (excess - 1))) >> excess;
        return value.Sign * Math.ScaleB((double)rounded, excess - Bits);
    }

    /// <summary>π by Machin's formula.</summary>
    private static BigInteger Pi()
    {
        return 4 * ((4 * ArcTangentOfInverse(5)) - ArcTangentOfInverse(239));

        static BigInteger ArcTangentOfInverse(int n)
        {
            var (power, sum) = (s_one / n, s_one / n);
            for (var k = 1; !power.IsZero; k++)
            {
                power /= -(n * n);
                sum += power / ((2 * k) + 1);
            }

            return sum;
        }
    }

    private static BigInteger Root(BigInteger value)
    {
        var root = BigInteger.One << ((int)value.GetBitLength() / 2 + 1);
        while (true)
        {
            var next = (root + (value / root)) / 2;
            if (next >= root)
                return root;
            root = next;
        }
    }
}
