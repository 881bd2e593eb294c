using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>
/// The sum of what several ranks have, in their order, divided and rounded once. Floats are added in double; of doubles what each addition
/// loses is kept, so that equal terms give their common value as their mean, whatever their number.
/// </summary>
internal static class RankSum
{
    private const int BlockLength = 1024;

    /// <summary>Adds terms that are equally long, and divides.</summary>
    /// <param name="terms">What each rank has, in the order of the ranks.</param>
    /// <param name="divisor">What the sum is divided by.</param>
    /// <param name="destination">Receives the quotient; may be one of the terms.</param>
    public static void Divide<T>(ReadOnlySpan<ReadOnlyMemory<T>> terms, double divisor, Span<T> destination)
        where T : unmanaged
    {
        for (var start = 0; start < destination.Length; start += BlockLength)
        {
            var block = destination.Slice(start, Math.Min(BlockLength, destination.Length - start));
            if (typeof(T) == typeof(float))
                OfFloats(terms, start, divisor, MemoryMarshal.Cast<T, float>(block));
            else
                OfDoubles(terms, start, divisor, MemoryMarshal.Cast<T, double>(block));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void OfFloats<T>(ReadOnlySpan<ReadOnlyMemory<T>> terms, int start, double divisor, Span<float> destination)
        where T : unmanaged
    {
        Span<double> sum = stackalloc double[BlockLength];
        sum = sum[..destination.Length];

        // The first term as it is: zeros keep their sign.
        var firstTerm = MemoryMarshal.Cast<T, float>(terms[0].Span.Slice(start, sum.Length));
        for (var i = 0; i < sum.Length; i++)
            sum[i] = firstTerm[i];
        var whole = destination.Length - (destination.Length % Vector<float>.Count);
        foreach (var term in terms[1..])
        {
            ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<T, float>(term.Span.Slice(start, destination.Length)));
            ref var total = ref MemoryMarshal.GetReference(sum);
            for (var i = 0; i < whole; i += Vector<float>.Count)
            {
                Vector.Widen(Vector.LoadUnsafe(ref first, (nuint)i), out var lower, out var upper);
                (Vector.LoadUnsafe(ref total, (nuint)i) + lower).StoreUnsafe(ref total, (nuint)i);
                (Vector.LoadUnsafe(ref total, (nuint)(i + Vector<double>.Count)) + upper).StoreUnsafe(ref total, (nuint)(i + Vector<double>.Count));
            }

            for (var i = whole; i < sum.Length; i++)
                sum[i] += Unsafe.Add(ref first, i);
        }

        for (var i = 0; i < sum.Length; i++)
            destination[i] = (float)(sum[i] / divisor);
    }

    private static void OfDoubles<T>(ReadOnlySpan<ReadOnlyMemory<T>> terms, int start, double divisor, Span<double> destination)
        where T : unmanaged
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var (sum, lost) = (Unsafe.BitCast<T, double>(terms[0].Span[start + i]), 0.0);
            foreach (var term in terms[1..])
            {
                var next = MemoryMarshal.Cast<T, double>(term.Span)[start + i];
                var (before, added) = (sum, next);
                sum += next;

                // Knuth's exact error of the addition.
                var rounded = sum - before;
                lost += before - (sum - rounded) + (added - rounded);
            }

            var quotient = sum / divisor;
            destination[i] = double.IsFinite(lost) && double.IsFinite(quotient) ? quotient + ((Math.FusedMultiplyAdd(-quotient, divisor, sum) + lost) / divisor) : quotient;
        }
    }
}
