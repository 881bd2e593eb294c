using System.Collections.Immutable;
using System.Numerics;
using OptDsl.Language.Operations;

namespace OptDsl.Kernels;

internal readonly struct ExpFunction : IElementFunction<ExpFunction>
{
    public static Vector<double> Of(Vector<double> x)
    {
        // Outside its ordinary range Vector.Exp changes its method for all lanes, whichever was outside.
        var ordinary = Vector.LessThanOrEqual(Vector.Abs(x), new Vector<double>(700));
        var result = Vector.Exp(Vector.ConditionalSelect(ordinary, x, Vector<double>.Zero));
        return ordinary == Vector<long>.AllBitsSet ? result : Vector.ConditionalSelect(ordinary, result, Lanes.Map(x, Math.Exp));
    }
}

internal readonly struct LnFunction : IElementFunction<LnFunction>
{
    public static Vector<double> Of(Vector<double> x)
    {
        // As for Exp.
        var ordinary = Vector.GreaterThanOrEqual(x, new Vector<double>(1e-300)) & Vector.LessThanOrEqual(x, new Vector<double>(1e300));
        var result = Vector.Log(Vector.ConditionalSelect(ordinary, x, Vector<double>.One));
        return ordinary == Vector<long>.AllBitsSet ? result : Vector.ConditionalSelect(ordinary, result, Lanes.Map(x, Math.Log));
    }
}

internal readonly struct SigmoidFunction : IElementFunction<SigmoidFunction>
{
    public static Vector<double> Of(Vector<double> x) => Vector<double>.One / (Vector<double>.One + ExpFunction.Of(-x));
}

internal readonly struct ErfFunction : IElementFunction<ErfFunction>
{
    public static Vector<double> Of(Vector<double> x)
    {
        var magnitude = Vector.Abs(x);
        var inner = x + (x * Polynomial(ErfPolynomials.Inner, x * x));
        var isOuter = Vector.GreaterThanOrEqual(magnitude, new Vector<double>(ErfPolynomials.Border));
        if (isOuter == Vector<long>.Zero)
            return inner;

        var near = Vector.Min(magnitude, new Vector<double>(ErfPolynomials.End));
        var two = new Vector<double>(2);
        var outer = Vector<double>.One - (ExpFunction.Of(-(near * near)) * Polynomial(ErfPolynomials.Outer, two / (two + near)));
        return Vector.ConditionalSelect(isOuter, Vector.CopySign(outer, x), inner);
    }

    private static Vector<double> Polynomial(ImmutableArray<double> coefficients, Vector<double> x)
    {
        var value = new Vector<double>(coefficients[^1]);
        for (var i = coefficients.Length - 2; i >= 0; i--)
            value = (value * x) + new Vector<double>(coefficients[i]);
        return value;
    }
}

internal readonly struct TanhFunction : IElementFunction<TanhFunction>
{
    public static Vector<double> Of(Vector<double> x) => Lanes.Map<TanhFunction>(x);

    public static double Of(double x) => Math.Tanh(x);

    // As exact as a float needs it: near 0, where the quotient cancels, the first terms of the series are exact enough.
    public static Vector<double> OfSingles(Vector<double> x)
    {
        var square = x * x;
        var series = x - (x * square * (1.0 / 3.0));
        var decay = ExpFunction.Of(-2.0 * Vector.Abs(x));
        var quotient = (Vector<double>.One - decay) / (Vector<double>.One + decay);
        var signed = Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), -quotient, quotient);
        return Vector.ConditionalSelect(Vector.LessThan(square, new Vector<double>(1e-8)), series, signed);
    }

    public static double OfSingle(double x) => OfSingles(new Vector<double>(x)).ToScalar();
}

internal readonly struct SinFunction : IElementFunction<SinFunction>
{
    public static Vector<double> Of(Vector<double> x) => Lanes.Map<SinFunction>(x);

    public static double Of(double x) => Math.Sin(x);
}

internal readonly struct CosFunction : IElementFunction<CosFunction>
{
    public static Vector<double> Of(Vector<double> x) => Lanes.Map<CosFunction>(x);

    public static double Of(double x) => Math.Cos(x);
}

internal readonly struct CbrtFunction : IElementFunction<CbrtFunction>
{
    public static Vector<double> Of(Vector<double> x) => Lanes.Map<CbrtFunction>(x);

    public static double Of(double x) => Math.Cbrt(x);
}

internal readonly struct PowFunction : IElementFunction2
{
    public static double Of(double x, double y) => Math.Pow(x, y);
}

internal readonly struct Atan2Function : IElementFunction2
{
    public static double Of(double x, double y) => Math.Atan2(x, y);
}

/// <summary>Functions lane by lane.</summary>
internal static class Lanes
{
    public static Vector<double> Map<TFunction>(Vector<double> x)
        where TFunction : struct, IElementFunction<TFunction>
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = TFunction.Of(x[i]);
        return new Vector<double>(lanes);
    }

    public static Vector<double> Map(Vector<double> x, Func<double, double> function)
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = function(x[i]);
        return new Vector<double>(lanes);
    }
}
