using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>Moves tensors towards others: what averages and lookahead do after a step.</summary>
internal static class Following
{
    /// <summary><c>target += weight (source - target)</c>; a copy where the weight is 1.</summary>
    public static void Follow<T>(Span<T> target, ReadOnlySpan<T> source, double weight)
        where T : unmanaged
    {
        if (weight == 1)
            source.CopyTo(target);
        else if (typeof(T) == typeof(float))
            Move(MemoryMarshal.Cast<T, float>(target), MemoryMarshal.Cast<T, float>(source), (float)weight);
        else
            Move(MemoryMarshal.Cast<T, double>(target), MemoryMarshal.Cast<T, double>(source), weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move<T>(Span<T> target, ReadOnlySpan<T> source, T weight)
        where T : unmanaged, INumberBase<T>
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var weights = new Vector<T>(weight);
        var i = 0;
        for (; i <= target.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var old = Vector.LoadUnsafe(ref to, (nuint)i);
            (old + (weights * (Vector.LoadUnsafe(ref from, (nuint)i) - old))).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < target.Length; i++)
            target[i] += weight * (source[i] - target[i]);
    }
}
