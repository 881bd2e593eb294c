using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// Norms of tensors. Sums of squares are in double, and in the order of <see cref="BlockSum"/>, so that their bits depend neither
/// on the width of vectors nor on how a tensor is cut.
/// </summary>
internal static class Norms
{
    public const int BlockLength = BlockSum.Length;

    /// <summary>The sum of the squares.</summary>
    public static WideSum SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged => SquareSum.Of<T, SquareSum.Itself>(x, x);

    /// <summary>The sum of the squares of the differences.</summary>
    public static WideSum SumOfSquaredDifferences<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged => SquareSum.Of<T, SquareSum.Difference>(x, y);

    /// <summary>The largest magnitude; NaN where there is one.</summary>
    public static double LargestMagnitude<T>(ReadOnlySpan<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? BitConverter.Int32BitsToSingle(LargestOf(MemoryMarshal.Cast<T, int>(x), int.MaxValue))
            : BitConverter.Int64BitsToDouble(LargestOf(MemoryMarshal.Cast<T, long>(x), long.MaxValue));

    /// <summary>True where no element is infinite or NaN.</summary>
    public static bool AreFinite<T>(ReadOnlySpan<T> x)
        where T : unmanaged => double.IsFinite(LargestMagnitude(x));

    /// <summary>The first element that is infinite or NaN once multiplied as the kernels do it; -1 where there is none.</summary>
    public static int FirstNonFinite<T>(ReadOnlySpan<T> x, double scale)
        where T : unmanaged
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(typeof(T) == typeof(float) ? (float)scale * (float)ToDouble(x[i]) : scale * ToDouble(x[i])))
                return i;
        }

        return -1;
    }

    /// <summary>The largest number that an element can be.</summary>
    public static double LargestNumber<T>()
        where T : unmanaged => typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;

    /// <summary>An element as a double.</summary>
    public static double ToDouble<T>(T element)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(element) : Unsafe.BitCast<T, double>(element);

    /// <summary>
    /// The largest of the numbers without their signs, all as bits: magnitudes are in the order of their bits, infinity comes after
    /// all finite ones, and NaN after infinity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TBits LargestOf<TBits>(ReadOnlySpan<TBits> x, TBits withoutSign)
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        Vector<TBits> largest0 = default, largest1 = default, mask = new(withoutSign);
        ref var first = ref MemoryMarshal.GetReference(x);
        var width = (nuint)Vector<TBits>.Count;
        var length = (nuint)x.Length;
        nuint i = 0;
        for (; i + (2 * width) <= length; i += 2 * width)
        {
            largest0 = Vector.Max(largest0, Vector.LoadUnsafe(ref first, i) & mask);
            largest1 = Vector.Max(largest1, Vector.LoadUnsafe(ref first, i + width) & mask);
        }

        largest0 = Vector.Max(largest0, largest1);
        var largest = TBits.Zero;
        for (var lane = 0; lane < Vector<TBits>.Count; lane++)
            largest = TBits.Max(largest, largest0[lane]);
        for (; i < length; i++)
            largest = TBits.Max(largest, Unsafe.Add(ref first, i) & withoutSign);
        return largest;
    }
}
