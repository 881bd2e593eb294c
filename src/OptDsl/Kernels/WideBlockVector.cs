using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Kernels;

/// <summary>16 elements, where the processor has vectors of 512 bits: one instruction widens and narrows.</summary>
internal readonly struct WideBlockVector(Vector512<uint> value) : IBlockVector<WideBlockVector>
{
    private readonly Vector512<uint> _value = value;

    /// <summary>True where they are faster.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Vector512.IsHardwareAccelerated;

    public static int Count => Vector512<uint>.Count;

    public static WideBlockVector Indices => new(Vector512<uint>.Indices);

    public uint Largest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var eight = Vector256.Max(_value.GetLower(), _value.GetUpper());
            var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
            return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator WideBlockVector(uint value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator +(WideBlockVector left, WideBlockVector right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator -(WideBlockVector left, WideBlockVector right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator *(WideBlockVector left, WideBlockVector right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator &(WideBlockVector left, WideBlockVector right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator |(WideBlockVector left, WideBlockVector right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator ^(WideBlockVector left, WideBlockVector right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator <<(WideBlockVector value, int count) => new(value._value << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector operator >>>(WideBlockVector value, int count) => new(value._value >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector Max(WideBlockVector left, WideBlockVector right) => new(Vector512.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector MultiplyFloats(WideBlockVector left, WideBlockVector right) => new((left._value.AsSingle() * right._value.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector RaisePositive(WideBlockVector value, WideBlockVector least) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(value._value, Vector512<uint>.Zero), Vector512.Max(value._value, least._value), Vector512<uint>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector Load(ref float source, nuint index) => new(Vector512.LoadUnsafe(ref source, index).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, nuint index) => _value.AsSingle().StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (WideBlockVector First, WideBlockVector Second, WideBlockVector Third, WideBlockVector Fourth) LoadCodes(ref byte source, nuint index) =>
        (Codes(ref source, index), Codes(ref source, index + 16), Codes(ref source, index + 32), Codes(ref source, index + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCodes(ref byte destination, nuint index, WideBlockVector first, WideBlockVector second, WideBlockVector third, WideBlockVector fourth) =>
        StoreLowerBytes(UpperHalves(first, second) >> (BlockFrame.Dropped - 16), UpperHalves(third, fourth) >> (BlockFrame.Dropped - 16), ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSignedCodes(ref byte destination, nuint index, WideBlockVector first, WideBlockVector second, WideBlockVector third, WideBlockVector fourth) =>
        StoreLowerBytes(SignedCodes(UpperHalves(first, second)), SignedCodes(UpperHalves(third, fourth)), ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WideBlockVector Codes(ref byte source, nuint index) =>
        new(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref source, index).AsSByte()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> SignedCodes(Vector512<ushort> halves) =>
        Vector512.ConditionalSelect(Vector512.Create((ushort)BlockFrame.Sign), halves >> 8, halves >> (BlockFrame.Dropped - 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> UpperHalves(WideBlockVector first, WideBlockVector second) =>
        Avx512BW.PermuteVar32x16x2(first._value.AsUInt16(), (Vector512<ushort>.Indices * 2) + Vector512<ushort>.One, second._value.AsUInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLowerBytes(Vector512<ushort> first, Vector512<ushort> second, ref byte destination, nuint index)
    {
        if (Avx512Vbmi.IsSupported)
        {
            Avx512Vbmi.PermuteVar64x8x2(first.AsByte(), Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(EvenBytes)), second.AsByte()).StoreUnsafe(ref destination, index);
            return;
        }

        Avx512BW.ConvertToVector256Byte(first).StoreUnsafe(ref destination, index);
        Avx512BW.ConvertToVector256Byte(second).StoreUnsafe(ref destination, index + 32);
    }

    private static ReadOnlySpan<byte> EvenBytes =>
    [
        0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
        32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62,
        64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92, 94,
        96, 98, 100, 102, 104, 106, 108, 110, 112, 114, 116, 118, 120, 122, 124, 126,
    ];
}
