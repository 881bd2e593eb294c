using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// Sums of squares in double over blocks of <see cref="BlockSum"/>, in vectors of 512 or 256 bits: the lanes, and so the bits,
/// are the same. A block has twice the lanes that rules sum in, because here nothing else is done while additions wait for each
/// other.
/// </summary>
internal static class SquareSum
{
    /// <summary>The number of lanes of a block.</summary>
    public const int Lanes = 2 * BlockSum.Lanes;

    /// <summary>What is squared.</summary>
    public interface IOperand
    {
        /// <summary>Sixteen of them.</summary>
        static abstract (Vector512<double> Lower, Vector512<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged;

        /// <summary>One of them.</summary>
        static abstract double Of(double x, double y);

        /// <summary>Adds their squares to a sum, rounded once where the squares are exact and twice where they are not.</summary>
        static abstract Vector512<double> AddSquares<T>(Vector512<double> sum, Vector512<double> values)
            where T : unmanaged;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static WideSum Of<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        var tree = default(CombinationTree<WideSum>);
        var sum = new ByKind(ReductionKind.Sum);
        var start = 0;
        for (; x.Length - start >= BlockSum.Length; start += BlockSum.Length)
            tree.Add(TotalOf<T, TOperand>(x.Slice(start, BlockSum.Length), y.Slice(start, BlockSum.Length)), sum);

        var rest = x.Length - start;
        if (rest > 0)
        {
            // With zeros after them, which change no sum of squares.
            Span<T> buffer = stackalloc T[2 * BlockSum.Length];
            var restOfX = buffer[..((rest + Lanes - 1) / Lanes * Lanes)];
            var restOfY = buffer.Slice(BlockSum.Length, restOfX.Length);
            x[start..].CopyTo(restOfX);
            y[start..].CopyTo(restOfY);
            restOfX[rest..].Clear();
            restOfY[rest..].Clear();
            tree.Add(TotalOf<T, TOperand>(restOfX, restOfY), sum);
        }

        return tree.Result(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WideSum TotalOf<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        var total = OfBlock<T, TOperand>(x, y);
        return typeof(T) == typeof(float) || WideSum.IsSafe(total) ? new WideSum(total) : OfExtremes<TOperand>(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
    }

    /// <summary>The block where squares of doubles have overflown or vanished, or are all 0: of the doubles divided by a power of two near the largest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WideSum OfExtremes<TOperand>(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        where TOperand : struct, IOperand
    {
        Span<double> values = stackalloc double[x.Length];
        for (var i = 0; i < x.Length; i++)
            values[i] = TOperand.Of(x[i], y[i]);
        return OfExtremes(values);
    }

    /// <summary>The sum of the squares of a whole number of lanes, which are overwritten.</summary>
    public static WideSum OfExtremes(Span<double> values)
    {
        var largest = Norms.LargestMagnitude<double>(values);
        if (largest == 0 || !double.IsFinite(largest))
            return new WideSum(largest);
        var exponent = Math.ILogB(largest);
        foreach (ref var value in values)
            value = Math.ScaleB(value, -exponent);
        return WideSum.Of(OfBlock<double, Itself>(values, values), 2 * exponent);
    }

    /// <summary>Element i in lane i mod 32; then the lanes in pairs, those that are 16 apart first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OfBlock<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        Vector512<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref var firstX = ref MemoryMarshal.GetReference(x);
        ref var firstY = ref MemoryMarshal.GetReference(y);
        for (var i = 0; i < x.Length; i += Lanes)
        {
            var (lower, upper) = TOperand.Load(ref Unsafe.Add(ref firstX, i), ref Unsafe.Add(ref firstY, i));
            sum0 = TOperand.AddSquares<T>(sum0, lower);
            sum1 = TOperand.AddSquares<T>(sum1, upper);
            (lower, upper) = TOperand.Load(ref Unsafe.Add(ref firstX, i + (Lanes / 2)), ref Unsafe.Add(ref firstY, i + (Lanes / 2)));
            sum2 = TOperand.AddSquares<T>(sum2, lower);
            sum3 = TOperand.AddSquares<T>(sum3, upper);
        }

        var eight = sum0 + sum2 + (sum1 + sum3);
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Lower, Vector512<double> Upper) Widen<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector512.Widen(Vector512.LoadUnsafe(ref Unsafe.As<T, float>(ref first)));
        ref var doubles = ref Unsafe.As<T, double>(ref first);
        return (Vector512.LoadUnsafe(ref doubles), Vector512.LoadUnsafe(ref doubles, (nuint)Vector512<double>.Count));
    }

    /// <summary>The elements of the first tensor.</summary>
    public readonly struct Itself : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<double> Lower, Vector512<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged => Widen(ref x);

        public static double Of(double x, double y) => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> AddSquares<T>(Vector512<double> sum, Vector512<double> values)
            where T : unmanaged => typeof(T) == typeof(float) ? Vector512.MultiplyAddEstimate(values, values, sum) : sum + (values * values);
    }

    /// <summary>The differences of two tensors.</summary>
    public readonly struct Difference : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<double> Lower, Vector512<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged
        {
            var (lowerX, upperX) = Widen(ref x);
            var (lowerY, upperY) = Widen(ref y);
            return (lowerX - lowerY, upperX - upperY);
        }

        public static double Of(double x, double y) => x - y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> AddSquares<T>(Vector512<double> sum, Vector512<double> values)
            where T : unmanaged => sum + (values * values);
    }
}
