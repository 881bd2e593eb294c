using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>
/// Elements as numbers. Their type is <see cref="float"/> or <see cref="double"/>, which the just-in-time compiler decides once: a constraint that
/// says so has some thirty interfaces, of which the C# compiler makes a set of its own wherever generated code would repeat it. For generated
/// code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Elements
{
    /// <summary>A number as an element, rounded.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(double value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    /// <summary>An element as a double, which has all its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToDouble<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    /// <summary>An element as a float, rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float ToSingle<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : (float)Unsafe.BitCast<T, double>(value);
}
