using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>
/// Functions of elements that packs lack, or whose scalar form would give other bits than a vector's lane. Every function gives an
/// element the same bits alone and in a vector, whatever its neighbours; of float elements it is computed in double. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementMath
{
    /// <summary>-1, 0 or 1; 0 for 0 and for NaN.</summary>
    /// <param name="x">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sign(double x) => (x > 0 ? 1.0 : 0.0) - (x < 0 ? 1.0 : 0.0);

    /// <summary>e to the power of x.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Exp<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<ExpFunction>(x);

    /// <summary>The natural logarithm.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Ln<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<LnFunction>(x);

    /// <summary>The sine.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Sin<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<SinFunction>(x);

    /// <summary>The cosine.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Cos<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<CosFunction>(x);

    /// <summary>The hyperbolic tangent.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Tanh<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<TanhFunction>(x);

    /// <summary>1 / (1 + e to the power of -x).</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Sigmoid<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<SigmoidFunction>(x);

    /// <inheritdoc cref="Sigmoid{TPack}(TPack)"/>
    public static double Sigmoid(double x) => Value<SigmoidFunction>(x);

    /// <summary>The error function: 2/√π times the integral of exp(-s²) from 0 to x, within two units in the last place of a double.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Erf<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<ErfFunction>(x);

    /// <inheritdoc cref="Erf{TPack}(TPack)"/>
    public static double Erf(double x) => Value<ErfFunction>(x);

    /// <summary>The cube root.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Cbrt<TPack>(TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<CbrtFunction>(x);

    /// <summary>x to the power of y.</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="x">The bases.</param>
    /// <param name="y">The exponents.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Pow<TPack>(TPack x, TPack y)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<PowFunction>(x, y);

    /// <summary>The angle of the point (y, x).</summary>
    /// <typeparam name="TPack">The elements.</typeparam>
    /// <param name="y">The ordinates.</param>
    /// <param name="x">The abscissas.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPack Atan2<TPack>(TPack y, TPack x)
        where TPack : struct, IFunctionPack<TPack> => TPack.Map<Atan2Function>(y, x);

    private static double Value<TFunction>(double x)
        where TFunction : struct, IElementFunction<TFunction> => TFunction.Of(x);
}
