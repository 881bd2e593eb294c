using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>Keeps elements within limits. What is NaN stays so.</summary>
internal static class Box
{
    /// <summary>Sets elements below their limits to these.</summary>
    public static void Raise<T>(Span<T> elements, ReadOnlySpan<T> limits)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Limit<float, Below>(MemoryMarshal.Cast<T, float>(elements), MemoryMarshal.Cast<T, float>(limits));
        else
            Limit<double, Below>(MemoryMarshal.Cast<T, double>(elements), MemoryMarshal.Cast<T, double>(limits));
    }

    /// <summary>Sets elements above their limits to these.</summary>
    public static void Lower<T>(Span<T> elements, ReadOnlySpan<T> limits)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Limit<float, Above>(MemoryMarshal.Cast<T, float>(elements), MemoryMarshal.Cast<T, float>(limits));
        else
            Limit<double, Above>(MemoryMarshal.Cast<T, double>(elements), MemoryMarshal.Cast<T, double>(limits));
    }

    private static void Limit<T, TSide>(Span<T> elements, ReadOnlySpan<T> limits)
        where T : unmanaged, INumberBase<T>
        where TSide : struct, ISide
    {
        ref var first = ref MemoryMarshal.GetReference(elements);
        ref var limit = ref MemoryMarshal.GetReference(limits);
        var i = 0;
        for (; i <= elements.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var (old, bound) = (Vector.LoadUnsafe(ref first, (nuint)i), Vector.LoadUnsafe(ref limit, (nuint)i));
            Vector.ConditionalSelect(TSide.IsOutside(old, bound), bound, old).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < elements.Length; i++)
        {
            var (old, bound) = (new Vector<T>(elements[i]), new Vector<T>(limits[i]));
            elements[i] = Vector.ConditionalSelect(TSide.IsOutside(old, bound), bound, old)[0];
        }
    }

    private interface ISide
    {
        static abstract Vector<T> IsOutside<T>(Vector<T> value, Vector<T> limit);
    }

    private readonly struct Below : ISide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> IsOutside<T>(Vector<T> value, Vector<T> limit) => Vector.LessThan(value, limit);
    }

    private readonly struct Above : ISide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> IsOutside<T>(Vector<T> value, Vector<T> limit) => Vector.GreaterThan(value, limit);
    }
}
