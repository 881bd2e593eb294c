using System.Runtime.InteropServices;
using OptDsl.Kernels;

namespace OptDsl;

/// <summary>
/// Numbers of the format bfloat16 in memory of <see cref="ushort"/>: the upper halves of floats. <c>Update</c> takes states of
/// <see cref="Storage.BFloat16"/> so.
/// </summary>
public static class BFloat16Bits
{
    /// <summary>The number, exactly.</summary>
    /// <param name="bits">Its bits.</param>
    public static float ToSingle(ushort bits) => BFloat16Lanes.Load(ref bits, 0);

    /// <summary>The bits of the nearest number, or the even one of two; of a NaN those of a NaN.</summary>
    /// <param name="value">The number.</param>
    public static ushort FromSingle(float value) => BFloat16Lanes.RoundNearest(value);

    /// <summary>The numbers, exactly.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="bits">Their bits.</param>
    /// <param name="destination">Receives the numbers, as many.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Widen<T>(ReadOnlySpan<ushort> bits, Span<T> destination)
        where T : unmanaged
    {
        CheckLength(bits.Length, destination.Length, nameof(destination));
        if (typeof(T) == typeof(float))
            Widen<float, VectorPack<float>>(bits, MemoryMarshal.Cast<T, float>(destination));
        else if (typeof(T) == typeof(double))
            Widen<double, VectorPack<double>>(bits, MemoryMarshal.Cast<T, double>(destination));
        else
            throw NotSupported<T>();
    }

    /// <summary>The bits of the nearest numbers: see <see cref="FromSingle"/>. Doubles become floats first.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="numbers">The numbers.</param>
    /// <param name="destination">Receives the bits, as many.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Narrow<T>(ReadOnlySpan<T> numbers, Span<ushort> destination)
        where T : unmanaged
    {
        CheckLength(numbers.Length, destination.Length, nameof(destination));
        if (typeof(T) == typeof(float))
            Narrow<float, VectorPack<float>>(MemoryMarshal.Cast<T, float>(numbers), destination);
        else if (typeof(T) == typeof(double))
            Narrow<double, VectorPack<double>>(MemoryMarshal.Cast<T, double>(numbers), destination);
        else
            throw NotSupported<T>();
    }

    private static void Widen<T, TPack>(ReadOnlySpan<ushort> bits, Span<T> destination)
        where T : unmanaged
        where TPack : struct, IPack<TPack, T>
    {
        ref var source = ref MemoryMarshal.GetReference(bits);
        ref var target = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        for (; i <= bits.Length - TPack.Count; i += TPack.Count)
            TPack.LoadBFloat16(ref source, (nuint)i).Store(ref target, (nuint)i);
        for (; i < bits.Length; i++)
            ElementPack<T>.LoadBFloat16(ref source, (nuint)i).Store(ref target, (nuint)i);
    }

    private static void Narrow<T, TPack>(ReadOnlySpan<T> numbers, Span<ushort> destination)
        where T : unmanaged
        where TPack : struct, IPack<TPack, T>
    {
        ref var source = ref MemoryMarshal.GetReference(numbers);
        ref var target = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        for (; i <= numbers.Length - TPack.Count; i += TPack.Count)
            TPack.Load(ref source, (nuint)i).StoreNearestBFloat16(ref target, (nuint)i);
        for (; i < numbers.Length; i++)
            ElementPack<T>.Load(ref source, (nuint)i).StoreNearestBFloat16(ref target, (nuint)i);
    }

    private static void CheckLength(int length, int destination, string argument)
    {
        if (length != destination)
            throw new ArgumentException($"There are {length} numbers, and room for {destination}; they must be as many.", argument);
    }

    private static NotSupportedException NotSupported<T>() => new($"Numbers are of float or double, not {typeof(T).Name}.");
}
