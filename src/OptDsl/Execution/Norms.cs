using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        where T : unmanaged => Sum<T, Itself>(x, x);

    /// <summary>The sum of the squares of the differences.</summary>
    public static double SumOfSquaredDifferences<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged => Sum<T, Difference>(x, y);

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        var sum = default(BlockSum);
        Span<double> lanes = stackalloc double[BlockSum.Lanes];
        for (var start = 0; start < x.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, x.Length - start);
            SumBlock<T, TOperand>(x.Slice(start, length), y.Slice(start, length), lanes);
            sum.Add(lanes);
        }

        return sum.Total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumBlock<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<double> lanes)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref var firstX = ref MemoryMarshal.GetReference(x);
        ref var firstY = ref MemoryMarshal.GetReference(y);
        var whole = x.Length - (x.Length % BlockSum.Lanes);
        for (var i = 0; i < whole; i += BlockSum.Lanes)
        {
            var (x0, x1) = TOperand.Load(ref Unsafe.Add(ref firstX, i), ref Unsafe.Add(ref firstY, i));
            var (x2, x3) = TOperand.Load(ref Unsafe.Add(ref firstX, i + 8), ref Unsafe.Add(ref firstY, i + 8));
            sum0 += x0 * x0;
            sum1 += x1 * x1;
            sum2 += x2 * x2;
            sum3 += x3 * x3;
        }

        sum0.CopyTo(lanes);
        sum1.CopyTo(lanes[4..]);
        sum2.CopyTo(lanes[8..]);
        sum3.CopyTo(lanes[12..]);
        for (var i = whole; i < x.Length; i++)
        {
            var element = TOperand.Load(x[i], y[i]);
            lanes[i - whole] += element * element;
        }
    }

    // Eight elements in double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Lower, Vector256<double> Upper) Widen<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref first)));
        ref var doubles = ref Unsafe.As<T, double>(ref first);
        return (Vector256.LoadUnsafe(ref doubles), Vector256.LoadUnsafe(ref doubles, 4));
    }

    private interface IOperand
    {
        static abstract (Vector256<double> Lower, Vector256<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged;

        static abstract double Load<T>(T x, T y)
            where T : unmanaged;
    }

    private readonly struct Itself : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector256<double> Lower, Vector256<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged => Widen(ref x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Load<T>(T x, T y)
            where T : unmanaged => ToDouble(x);
    }

    private readonly struct Difference : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector256<double> Lower, Vector256<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged
        {
            var (lowerX, upperX) = Widen(ref x);
            var (lowerY, upperY) = Widen(ref y);
            return (lowerX - lowerY, upperX - upperY);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Load<T>(T x, T y)
            where T : unmanaged => ToDouble(x) - ToDouble(y);
    }
}
