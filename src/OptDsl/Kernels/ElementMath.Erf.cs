using System.Collections.Immutable;
using System.Numerics;
using OptDsl.Language.Operations;

namespace OptDsl.Kernels;

/// <content>The error function.</content>
public static partial class ElementMath
{
    /// <summary>The error function: 2/√π times the integral of exp(-s²) from 0 to x, within two units in the last place of a double.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Erf(Vector<float> x)
    {
        Vector.Widen(x, out var low, out var high);
        return Vector.Narrow(Erf(low), Erf(high));
    }

    /// <inheritdoc cref="Erf(Vector{float})"/>
    public static Vector<double> Erf(Vector<double> x)
    {
        var magnitude = Vector.Abs(x);
        var inner = x + (x * Polynomial(ErfPolynomials.Inner, x * x));
        var isOuter = Vector.GreaterThanOrEqual(magnitude, new Vector<double>(ErfPolynomials.Border));
        if (isOuter == Vector<long>.Zero)
            return inner;

        var near = Vector.Min(magnitude, new Vector<double>(ErfPolynomials.End));
        var two = new Vector<double>(2);
        var outer = Vector<double>.One - (Exp(-(near * near)) * Polynomial(ErfPolynomials.Outer, two / (two + near)));
        return Vector.ConditionalSelect(isOuter, Vector.CopySign(outer, x), inner);
    }

    /// <inheritdoc cref="Erf(Vector{float})"/>
    public static float Erf(float x) => (float)Erf((double)x);

    /// <inheritdoc cref="Erf(Vector{float})"/>
    public static double Erf(double x) => Erf(new Vector<double>(x)).ToScalar();

    private static Vector<double> Polynomial(ImmutableArray<double> coefficients, Vector<double> x)
    {
        var value = new Vector<double>(coefficients[^1]);
        for (var i = coefficients.Length - 2; i >= 0; i--)
            value = (value * x) + new Vector<double>(coefficients[i]);
        return value;
    }
}
