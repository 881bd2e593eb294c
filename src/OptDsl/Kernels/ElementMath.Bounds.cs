using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Kernels;

/// <content>The larger, the smaller and the largest.</content>
public static partial class ElementMath
{
    /// <summary>The larger of an element and a bound that is not NaN; NaN for an element that is, and the element where both are zeros.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The elements.</param>
    /// <param name="bound">What they are at least.</param>
    // One instruction, which gives its second operand where either is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> AtLeast<T>(Vector<T> x, Vector<T> bound)
        where T : unmanaged => Vector.MaxNative(bound, x);

    /// <inheritdoc cref="AtLeast{T}(Vector{T}, Vector{T})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtLeast<T>(Vector512<T> x, Vector512<T> bound)
        where T : unmanaged => Vector512.MaxNative(bound, x);

    /// <inheritdoc cref="AtLeast{T}(Vector{T}, Vector{T})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AtLeast<T>(T x, T bound)
        where T : unmanaged, INumber<T> => T.MaxNative(bound, x);

    /// <summary>The smaller of an element and a bound that is not NaN; NaN for an element that is, and the element where both are zeros.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The elements.</param>
    /// <param name="bound">What they are at most.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> AtMost<T>(Vector<T> x, Vector<T> bound)
        where T : unmanaged => Vector.MinNative(bound, x);

    /// <inheritdoc cref="AtMost{T}(Vector{T}, Vector{T})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtMost<T>(Vector512<T> x, Vector512<T> bound)
        where T : unmanaged => Vector512.MinNative(bound, x);

    /// <inheritdoc cref="AtMost{T}(Vector{T}, Vector{T})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AtMost<T>(T x, T bound)
        where T : unmanaged, INumber<T> => T.MinNative(bound, x);

    /// <summary>The largest of magnitudes; NaN if one of them is.</summary>
    /// <param name="vector">Some of them.</param>
    /// <param name="element">One more.</param>
    public static double Largest(Vector<float> vector, float element)
    {
        for (var i = 0; i < Vector<float>.Count; i++)
            element = float.Max(element, vector[i]);
        return element;
    }

    /// <inheritdoc cref="Largest(Vector{float}, float)"/>
    public static double Largest(Vector<double> vector, double element)
    {
        for (var i = 0; i < Vector<double>.Count; i++)
            element = double.Max(element, vector[i]);
        return element;
    }

    /// <inheritdoc cref="Largest(Vector{float}, float)"/>
    public static double Largest<T>(Vector512<T> vector, T element)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < Vector512<T>.Count; i++)
            element = T.Max(element, vector[i]);
        return double.CreateTruncating(element);
    }
}
