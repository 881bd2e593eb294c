using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// Sums of squares in double over blocks of <see cref="BlockSum"/>, in vectors of 512 or 256 bits: the lanes, and so the bits,
/// are the same.
/// </summary>
internal static class SquareSum
{
    private const int HalfLanes = BlockSum.Lanes / 2;

    /// <summary>What is squared.</summary>
    public interface IOperand
    {
        /// <summary>Sixteen of them.</summary>
        static abstract (Vector512<double> Lower, Vector512<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged;

        /// <summary>One of them.</summary>
        static abstract double Load<T>(T x, T y)
            where T : unmanaged;

        /// <summary>Adds their squares to a sum, rounded once where the squares are exact and twice where they are not.</summary>
        static abstract Vector512<double> AddSquares<T>(Vector512<double> sum, Vector512<double> values)
            where T : unmanaged;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        var sum = default(BlockSum);
        Span<double> lanes = stackalloc double[BlockSum.Lanes];
        for (var start = 0; start < x.Length; start += BlockSum.Length)
        {
            var length = Math.Min(BlockSum.Length, x.Length - start);
            var (lower, upper) = SumLanes<T, TOperand>(x.Slice(start, length), y.Slice(start, length));
            if (length % BlockSum.Lanes == 0)
            {
                sum.Add(lower, upper);
                continue;
            }

            lower.CopyTo(lanes);
            upper.CopyTo(lanes[HalfLanes..]);
            for (var i = length - (length % BlockSum.Lanes); i < length; i++)
            {
                var element = TOperand.Load(x[start + i], y[start + i]);
                lanes[i % BlockSum.Lanes] += element * element;
            }

            sum.Add(lanes);
        }

        return sum.Total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Lower, Vector512<double> Upper) SumLanes<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        Vector512<double> lower = default, upper = default;
        ref var firstX = ref MemoryMarshal.GetReference(x);
        ref var firstY = ref MemoryMarshal.GetReference(y);
        var whole = x.Length - (x.Length % BlockSum.Lanes);
        for (var i = 0; i < whole; i += BlockSum.Lanes)
        {
            var (low, high) = TOperand.Load(ref Unsafe.Add(ref firstX, i), ref Unsafe.Add(ref firstY, i));
            lower = TOperand.AddSquares<T>(lower, low);
            upper = TOperand.AddSquares<T>(upper, high);
        }

        return (lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Lower, Vector512<double> Upper) Widen<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector512.Widen(Vector512.LoadUnsafe(ref Unsafe.As<T, float>(ref first)));
        ref var doubles = ref Unsafe.As<T, double>(ref first);
        return (Vector512.LoadUnsafe(ref doubles), Vector512.LoadUnsafe(ref doubles, HalfLanes));
    }

    /// <summary>The elements of the first tensor.</summary>
    public readonly struct Itself : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<double> Lower, Vector512<double> Upper) Load<T>(ref T x, ref T y)
            where T : unmanaged => Widen(ref x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Load<T>(T x, T y)
            where T : unmanaged => Norms.ToDouble(x);

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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Load<T>(T x, T y)
            where T : unmanaged => Norms.ToDouble(x) - Norms.ToDouble(y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> AddSquares<T>(Vector512<double> sum, Vector512<double> values)
            where T : unmanaged => sum + (values * values);
    }
}
