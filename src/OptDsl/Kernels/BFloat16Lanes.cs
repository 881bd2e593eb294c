using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Kernels;

/// <summary>Values of bfloat16 to floats and back, in vectors of every width, with the same bits in each.</summary>
internal static class BFloat16Lanes
{
    private const uint QuietNaN = 0x7FC0_0000;

    // With the last bit that is kept added, it carries above the middle, and at it where that bit is odd.
    private const uint HalfUnit = 0x7FFF;

    /// <summary>16 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load512(ref ushort source, nuint index)
    {
        var halves = Vector256.LoadUnsafe(ref source, index);
        var wide = Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(halves) : Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
        return (wide << 16).AsSingle();
    }

    /// <summary>8 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load256(ref ushort source, nuint index)
    {
        var halves = Vector128.LoadUnsafe(ref source, index);
        var wide = Avx2.IsSupported ? Avx2.ConvertToVector256Int32(halves).AsUInt32() : Vector256.Create(Vector128.WidenLower(halves), Vector128.WidenUpper(halves));
        return (wide << 16).AsSingle();
    }

    /// <summary>4 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load128(ref ushort source, nuint index)
    {
        var four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref source, index)));
        return (Vector128.WidenLower(Vector128.CreateScalar(four).AsUInt16()) << 16).AsSingle();
    }

    /// <summary>One value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(ref ushort source, nuint index) => BitConverter.UInt32BitsToSingle((uint)Unsafe.Add(ref source, index) << 16);

    /// <summary>Writes 16 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, Vector512<uint> addend, ref ushort destination, nuint index)
    {
        var bits = Vector512.ConditionalSelect(Vector512.Equals(value, value).AsUInt32(), value.AsUInt32() + addend, value.AsUInt32() | Vector512.Create(QuietNaN));

        // The upper halves to the front, in one instruction.
        var halves = Avx512BW.IsSupported ? Avx512BW.PermuteVar32x16(bits.AsUInt16(), (Vector512<ushort>.Indices * 2) + Vector512<ushort>.One).GetLower()
            : Vector256.Narrow((bits >> 16).GetLower(), (bits >> 16).GetUpper());
        halves.StoreUnsafe(ref destination, index);
    }

    /// <summary>Writes 8 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, Vector256<uint> addend, ref ushort destination, nuint index)
    {
        var bits = Vector256.ConditionalSelect(Vector256.Equals(value, value).AsUInt32(), value.AsUInt32() + addend, value.AsUInt32() | Vector256.Create(QuietNaN)) >> 16;
        (Avx512F.VL.IsSupported ? Avx512F.VL.ConvertToVector128UInt16(bits) : Vector128.Narrow(bits.GetLower(), bits.GetUpper())).StoreUnsafe(ref destination, index);
    }

    /// <summary>Writes 4 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, Vector128<uint> addend, ref ushort destination, nuint index)
    {
        var bits = Vector128.ConditionalSelect(Vector128.Equals(value, value).AsUInt32(), value.AsUInt32() + addend, value.AsUInt32() | Vector128.Create(QuietNaN)) >> 16;
        Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref destination, index)), Vector128.Narrow(bits, bits).AsUInt64().ToScalar());
    }

    /// <summary>A value with what is added before its lower half is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Round(float value, uint addend)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((float.IsNaN(value) ? bits | QuietNaN : unchecked(bits + addend)) >> 16);
    }

    /// <summary>The random bits of 16 elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Random512(uint counter, bool low)
    {
        var bits = Vector512.Create(counter) + Vector512.Create(
            unchecked(0 * RoundingKey.Stride), unchecked(1 * RoundingKey.Stride), unchecked(2 * RoundingKey.Stride), unchecked(3 * RoundingKey.Stride),
            unchecked(4 * RoundingKey.Stride), unchecked(5 * RoundingKey.Stride), unchecked(6 * RoundingKey.Stride), unchecked(7 * RoundingKey.Stride),
            unchecked(8 * RoundingKey.Stride), unchecked(9 * RoundingKey.Stride), unchecked(10 * RoundingKey.Stride), unchecked(11 * RoundingKey.Stride),
            unchecked(12 * RoundingKey.Stride), unchecked(13 * RoundingKey.Stride), unchecked(14 * RoundingKey.Stride), unchecked(15 * RoundingKey.Stride));
        bits = (bits ^ (bits >> RoundingKey.Shift)) * Vector512.Create(RoundingKey.Factor);
        return low ? bits & Vector512.Create(0xFFFFu) : bits >> 16;
    }

    /// <summary>The random bits of 8 elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Random256(uint counter, bool low)
    {
        var bits = Vector256.Create(counter) + Vector256.Create(
            unchecked(0 * RoundingKey.Stride), unchecked(1 * RoundingKey.Stride), unchecked(2 * RoundingKey.Stride), unchecked(3 * RoundingKey.Stride),
            unchecked(4 * RoundingKey.Stride), unchecked(5 * RoundingKey.Stride), unchecked(6 * RoundingKey.Stride), unchecked(7 * RoundingKey.Stride));
        bits = (bits ^ (bits >> RoundingKey.Shift)) * Vector256.Create(RoundingKey.Factor);
        return low ? bits & Vector256.Create(0xFFFFu) : bits >> 16;
    }

    /// <summary>The random bits of 4 elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Random128(uint counter, bool low)
    {
        var bits = Vector128.Create(counter) + Vector128.Create(
            unchecked(0 * RoundingKey.Stride), unchecked(1 * RoundingKey.Stride), unchecked(2 * RoundingKey.Stride), unchecked(3 * RoundingKey.Stride));
        bits = (bits ^ (bits >> RoundingKey.Shift)) * Vector128.Create(RoundingKey.Factor);
        return low ? bits & Vector128.Create(0xFFFFu) : bits >> 16;
    }

    /// <summary>Writes values as the nearest, or the even one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNearest(Vector512<float> value, ref ushort destination, nuint index) =>
        Store(value, ((value.AsUInt32() >> 16) & Vector512<uint>.One) + Vector512.Create(HalfUnit), ref destination, index);

    /// <summary>Writes values as the nearest, or the even one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNearest(Vector256<float> value, ref ushort destination, nuint index) =>
        Store(value, ((value.AsUInt32() >> 16) & Vector256<uint>.One) + Vector256.Create(HalfUnit), ref destination, index);

    /// <summary>Writes values as the nearest, or the even one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNearest(Vector128<float> value, ref ushort destination, nuint index) =>
        Store(value, ((value.AsUInt32() >> 16) & Vector128<uint>.One) + Vector128.Create(HalfUnit), ref destination, index);

    /// <summary>The nearest value, or the even one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort RoundNearest(float value) => Round(value, ((BitConverter.SingleToUInt32Bits(value) >> 16) & 1) + HalfUnit);
}
