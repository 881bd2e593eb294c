using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <summary>
/// Functions of elements that <see cref="Vector"/> lacks, or whose scalar form would give other bits than a vector's lane.
/// Every function gives an element the same bits alone and in a vector, whatever its neighbours; of float elements it is
/// computed in double. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ElementMath
{
    private interface IFunction
    {
        static abstract double Of(double x);
    }

    private interface IFunction2
    {
        static abstract double Of(double x, double y);
    }

    /// <summary>-1, 0 or 1; 0 for 0 and for NaN.</summary>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sign(Vector<float> x) => Vector.ConditionalSelect(
        Vector.GreaterThan(x, Vector<float>.Zero),
        Vector<float>.One,
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), -Vector<float>.One, Vector<float>.Zero));

    /// <inheritdoc cref="Sign(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sign(Vector<double> x) => Vector.ConditionalSelect(
        Vector.GreaterThan(x, Vector<double>.Zero),
        Vector<double>.One,
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), -Vector<double>.One, Vector<double>.Zero));

    /// <inheritdoc cref="Sign(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sign<T>(Vector512<T> x)
        where T : unmanaged => Vector512.ConditionalSelect(
            Vector512.GreaterThan(x, Vector512<T>.Zero),
            Vector512<T>.One,
            Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), -Vector512<T>.One, Vector512<T>.Zero));

    /// <inheritdoc cref="Sign(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sign(float x) => (x > 0 ? 1f : 0f) - (x < 0 ? 1f : 0f);

    /// <inheritdoc cref="Sign(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sign(double x) => (x > 0 ? 1.0 : 0.0) - (x < 0 ? 1.0 : 0.0);

    /// <summary>e to the power of x.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Exp(Vector<float> x)
    {
        Vector.Widen(x, out var low, out var high);
        return Vector.Narrow(Exp(low), Exp(high));
    }

    /// <inheritdoc cref="Exp(Vector{float})"/>
    public static Vector<double> Exp(Vector<double> x)
    {
        // Outside its ordinary range Vector.Exp changes its method for all lanes, whichever was outside.
        var ordinary = Vector.LessThanOrEqual(Vector.Abs(x), new Vector<double>(700));
        var result = Vector.Exp(Vector.ConditionalSelect(ordinary, x, Vector<double>.Zero));
        return ordinary == Vector<long>.AllBitsSet ? result : Vector.ConditionalSelect(ordinary, result, Each<ExpFunction>(x));
    }

    /// <inheritdoc cref="Exp(Vector{float})"/>
    public static float Exp(float x) => (float)Exp((double)x);

    /// <inheritdoc cref="Exp(Vector{float})"/>
    public static double Exp(double x) => Exp(new Vector<double>(x)).ToScalar();

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Ln(Vector<float> x)
    {
        Vector.Widen(x, out var low, out var high);
        return Vector.Narrow(Ln(low), Ln(high));
    }

    /// <inheritdoc cref="Ln(Vector{float})"/>
    public static Vector<double> Ln(Vector<double> x)
    {
        // As for Exp.
        var ordinary = Vector.GreaterThanOrEqual(x, new Vector<double>(1e-300)) & Vector.LessThanOrEqual(x, new Vector<double>(1e300));
        var result = Vector.Log(Vector.ConditionalSelect(ordinary, x, Vector<double>.One));
        return ordinary == Vector<long>.AllBitsSet ? result : Vector.ConditionalSelect(ordinary, result, Each<LnFunction>(x));
    }

    /// <inheritdoc cref="Ln(Vector{float})"/>
    public static float Ln(float x) => (float)Ln((double)x);

    /// <inheritdoc cref="Ln(Vector{float})"/>
    public static double Ln(double x) => Ln(new Vector<double>(x)).ToScalar();

    /// <summary>The sine.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Sin(Vector<float> x) => Each<SinFunction>(x);

    /// <inheritdoc cref="Sin(Vector{float})"/>
    public static Vector<double> Sin(Vector<double> x) => Each<SinFunction>(x);

    /// <inheritdoc cref="Sin(Vector{float})"/>
    public static float Sin(float x) => (float)Sin((double)x);

    /// <inheritdoc cref="Sin(Vector{float})"/>
    public static double Sin(double x) => Math.Sin(x);

    /// <summary>The cosine.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Cos(Vector<float> x) => Each<CosFunction>(x);

    /// <inheritdoc cref="Cos(Vector{float})"/>
    public static Vector<double> Cos(Vector<double> x) => Each<CosFunction>(x);

    /// <inheritdoc cref="Cos(Vector{float})"/>
    public static float Cos(float x) => (float)Cos((double)x);

    /// <inheritdoc cref="Cos(Vector{float})"/>
    public static double Cos(double x) => Math.Cos(x);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Tanh(Vector<float> x)
    {
        Vector.Widen(x, out var low, out var high);
        return Vector.Narrow(TanhOfFloat(low), TanhOfFloat(high));
    }

    /// <inheritdoc cref="Tanh(Vector{float})"/>
    public static Vector<double> Tanh(Vector<double> x) => Each<TanhFunction>(x);

    /// <inheritdoc cref="Tanh(Vector{float})"/>
    public static float Tanh(float x) => (float)TanhOfFloat(new Vector<double>(x)).ToScalar();

    /// <inheritdoc cref="Tanh(Vector{float})"/>
    public static double Tanh(double x) => Math.Tanh(x);

    /// <summary>1 / (1 + e to the power of -x).</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Sigmoid(Vector<float> x)
    {
        Vector.Widen(x, out var low, out var high);
        return Vector.Narrow(Sigmoid(low), Sigmoid(high));
    }

    /// <inheritdoc cref="Sigmoid(Vector{float})"/>
    public static Vector<double> Sigmoid(Vector<double> x) => Vector<double>.One / (Vector<double>.One + Exp(-x));

    /// <inheritdoc cref="Sigmoid(Vector{float})"/>
    public static float Sigmoid(float x) => (float)Sigmoid((double)x);

    /// <inheritdoc cref="Sigmoid(Vector{float})"/>
    public static double Sigmoid(double x) => Sigmoid(new Vector<double>(x)).ToScalar();

    /// <summary>The cube root.</summary>
    /// <param name="x">The elements.</param>
    public static Vector<float> Cbrt(Vector<float> x) => Each<CbrtFunction>(x);

    /// <inheritdoc cref="Cbrt(Vector{float})"/>
    public static Vector<double> Cbrt(Vector<double> x) => Each<CbrtFunction>(x);

    /// <inheritdoc cref="Cbrt(Vector{float})"/>
    public static float Cbrt(float x) => (float)Cbrt((double)x);

    /// <inheritdoc cref="Cbrt(Vector{float})"/>
    public static double Cbrt(double x) => Math.Cbrt(x);

    /// <summary>x to the power of y.</summary>
    /// <param name="x">The bases.</param>
    /// <param name="y">The exponents.</param>
    public static Vector<float> Pow(Vector<float> x, Vector<float> y) => Each<PowFunction>(x, y);

    /// <inheritdoc cref="Pow(Vector{float}, Vector{float})"/>
    public static Vector<double> Pow(Vector<double> x, Vector<double> y) => Each<PowFunction>(x, y);

    /// <inheritdoc cref="Pow(Vector{float}, Vector{float})"/>
    public static float Pow(float x, float y) => (float)Pow((double)x, y);

    /// <inheritdoc cref="Pow(Vector{float}, Vector{float})"/>
    public static double Pow(double x, double y) => Math.Pow(x, y);

    /// <summary>The angle of the point (y, x).</summary>
    /// <param name="y">The ordinates.</param>
    /// <param name="x">The abscissas.</param>
    public static Vector<float> Atan2(Vector<float> y, Vector<float> x) => Each<Atan2Function>(y, x);

    /// <inheritdoc cref="Atan2(Vector{float}, Vector{float})"/>
    public static Vector<double> Atan2(Vector<double> y, Vector<double> x) => Each<Atan2Function>(y, x);

    /// <inheritdoc cref="Atan2(Vector{float}, Vector{float})"/>
    public static float Atan2(float y, float x) => (float)Atan2((double)y, x);

    /// <inheritdoc cref="Atan2(Vector{float}, Vector{float})"/>
    public static double Atan2(double y, double x) => Math.Atan2(y, x);

    // As exact as a float needs it: near 0, where the quotient cancels, the first terms of the series are exact enough.
    private static Vector<double> TanhOfFloat(Vector<double> x)
    {
        var square = x * x;
        var series = x - (x * square * (1.0 / 3.0));
        var decay = Exp(-2.0 * Vector.Abs(x));
        var quotient = (Vector<double>.One - decay) / (Vector<double>.One + decay);
        var signed = Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), -quotient, quotient);
        return Vector.ConditionalSelect(Vector.LessThan(square, new Vector<double>(1e-8)), series, signed);
    }

    private static Vector<float> Each<TFunction>(Vector<float> x)
        where TFunction : IFunction
    {
        Span<float> lanes = stackalloc float[Vector<float>.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = (float)TFunction.Of(x[i]);
        return new Vector<float>(lanes);
    }

    private static Vector<double> Each<TFunction>(Vector<double> x)
        where TFunction : IFunction
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = TFunction.Of(x[i]);
        return new Vector<double>(lanes);
    }

    private static Vector<float> Each<TFunction>(Vector<float> x, Vector<float> y)
        where TFunction : IFunction2
    {
        Span<float> lanes = stackalloc float[Vector<float>.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = (float)TFunction.Of(x[i], y[i]);
        return new Vector<float>(lanes);
    }

    private static Vector<double> Each<TFunction>(Vector<double> x, Vector<double> y)
        where TFunction : IFunction2
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = TFunction.Of(x[i], y[i]);
        return new Vector<double>(lanes);
    }

    private readonly struct ExpFunction : IFunction
    {
        public static double Of(double x) => Math.Exp(x);
    }

    private readonly struct LnFunction : IFunction
    {
        public static double Of(double x) => Math.Log(x);
    }

    private readonly struct SinFunction : IFunction
    {
        public static double Of(double x) => Sin(x);
    }

    private readonly struct CosFunction : IFunction
    {
        public static double Of(double x) => Cos(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static double Of(double x) => Tanh(x);
    }

    private readonly struct CbrtFunction : IFunction
    {
        public static double Of(double x) => Cbrt(x);
    }

    private readonly struct PowFunction : IFunction2
    {
        public static double Of(double x, double y) => Pow(x, y);
    }

    private readonly struct Atan2Function : IFunction2
    {
        public static double Of(double x, double y) => Atan2(x, y);
    }
}
