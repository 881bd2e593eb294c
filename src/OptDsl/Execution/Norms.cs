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
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged => SquareSum.Of<T, SquareSum.Itself>(x, x);

    /// <summary>The sum of the squares of the differences.</summary>
    public static double SumOfSquaredDifferences<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged => SquareSum.Of<T, SquareSum.Difference>(x, y);

    /// <summary>The largest magnitude; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LargestMagnitude<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        var largest = Vector<T>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            largest = Vector.Max(largest, Vector.Abs(new Vector<T>(x[i..])));
        var result = 0.0;
        for (var lane = 0; lane < Vector<T>.Count; lane++)
            result = Math.Max(result, ToDouble(largest[lane]));
        for (; i < x.Length; i++)
            result = Math.Max(result, Math.Abs(ToDouble(x[i])));
        return result;
    }

    /// <summary>True where no element is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreFinite<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        // 0·x is NaN, and stays so in the sum, exactly for such elements.
        ref var first = ref MemoryMarshal.GetReference(x);
        var sum0 = Vector<T>.Zero;
        var sum1 = Vector<T>.Zero;
        var width = (nuint)Vector<T>.Count;
        var length = (nuint)x.Length;
        nuint i = 0;
        for (; i + (2 * width) <= length; i += 2 * width)
        {
            sum0 += Vector<T>.Zero * Vector.LoadUnsafe(ref first, i);
            sum1 += Vector<T>.Zero * Vector.LoadUnsafe(ref first, i + width);
        }

        if (!Vector.EqualsAll(sum0 + sum1, Vector<T>.Zero))
            return false;
        for (; i < length; i++)
        {
            if (!double.IsFinite(ToDouble(Unsafe.Add(ref first, i))))
                return false;
        }

        return true;
    }

    /// <summary>The first element that is infinite or NaN; -1 where there is none.</summary>
    public static int FirstNonFinite<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(ToDouble(x[i])))
                return i;
        }

        return -1;
    }

    /// <summary>An element as a double.</summary>
    public static double ToDouble<T>(T element)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(element) : Unsafe.BitCast<T, double>(element);
}
