using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Execution;

/// <summary>
/// Sums of squares, in double, whose bits depend neither on the width of vectors nor on how a tensor is cut at multiples of
/// <see cref="BlockLength"/>: sixteen lanes a block, the blocks in a tree.
/// </summary>
internal static class Norms
{
    public const int BlockLength = 512;
    private const int Lanes = 16;

    /// <summary>The sum of the squares.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        var tree = default(PartialTree);
        for (var start = 0; start < x.Length; start += BlockLength)
            tree.Add(Block<T, Identity>(x.Slice(start, Math.Min(BlockLength, x.Length - start)), default), ReductionKind.Sum);
        return tree.Result(ReductionKind.Sum);
    }

    /// <summary>The sum of the squares of the differences.</summary>
    public static double SumOfSquaredDifferences<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
    {
        var tree = default(PartialTree);
        for (var start = 0; start < x.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, x.Length - start);
            tree.Add(Block<T, Difference>(x.Slice(start, length), y.Slice(start, length)), ReductionKind.Sum);
        }

        return tree.Result(ReductionKind.Sum);
    }

    /// <summary>The largest magnitude; NaN where there is one.</summary>
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

    private static double Block<T, TOperand>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        where TOperand : struct, IOperand
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var whole = x.Length - (x.Length % Lanes);
        for (var i = 0; i < whole; i += Lanes)
            AddLanes(x[i..], y.IsEmpty ? y : y[i..], ref sum0, ref sum1, ref sum2, ref sum3);
        if (whole < x.Length)
        {
            Span<T> restOfX = stackalloc T[Lanes];
            Span<T> restOfY = stackalloc T[Lanes];
            restOfX.Clear();
            restOfY.Clear();
            x[whole..].CopyTo(restOfX);
            if (!y.IsEmpty)
                y[whole..].CopyTo(restOfY);
            AddLanes(restOfX, restOfY, ref sum0, ref sum1, ref sum2, ref sum3);
        }

        var sum = sum0 + sum1 + (sum2 + sum3);
        return sum[0] + sum[1] + (sum[2] + sum[3]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void AddLanes(
            ReadOnlySpan<T> x, ReadOnlySpan<T> y,
            ref Vector256<double> sum0, ref Vector256<double> sum1, ref Vector256<double> sum2, ref Vector256<double> sum3)
        {
            var x0 = TOperand.Load(x, y, 0);
            var x1 = TOperand.Load(x, y, 4);
            var x2 = TOperand.Load(x, y, 8);
            var x3 = TOperand.Load(x, y, 12);
            sum0 += x0 * x0;
            sum1 += x1 * x1;
            sum2 += x2 * x2;
            sum3 += x3 * x3;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen<T>(ReadOnlySpan<T> x, int index)
        where T : unmanaged
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), index);
        if (typeof(T) == typeof(double))
            return Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref first));
        var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref first)));
        return Vector256.Create(lower, upper);
    }

    private interface IOperand
    {
        static abstract Vector256<double> Load<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int index)
            where T : unmanaged;
    }

    private readonly struct Identity : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Load<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int index)
            where T : unmanaged => Widen(x, index);
    }

    private readonly struct Difference : IOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Load<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int index)
            where T : unmanaged => Widen(x, index) - Widen(y, index);
    }
}
