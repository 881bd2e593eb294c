using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Kernels;

/// <summary>As many as the vectors that the machine likes hold.</summary>
internal readonly struct BlockVector(Vector<uint> value) : IBlockVector<BlockVector>
{
    private readonly Vector<uint> _value = value;

    public static int Count => Vector<uint>.Count;

    public static BlockVector Indices => new(Vector<uint>.Indices);

    public bool HasSign
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector.LessThanAny(Vector.AsVectorInt32(_value), Vector<int>.Zero);
    }

    public uint Largest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var largest = 0u;
            for (var i = 0; i < Vector<uint>.Count; i++)
                largest = Math.Max(largest, _value[i]);
            return largest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator BlockVector(uint value) => new(new Vector<uint>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator +(BlockVector left, BlockVector right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator -(BlockVector left, BlockVector right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator *(BlockVector left, BlockVector right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator &(BlockVector left, BlockVector right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator |(BlockVector left, BlockVector right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator ^(BlockVector left, BlockVector right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator <<(BlockVector value, int count) => new(value._value << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector operator >>>(BlockVector value, int count) => new(value._value >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector Min(BlockVector left, BlockVector right) => new(Vector.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector Max(BlockVector left, BlockVector right) => new(Vector.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector SelectBelow(BlockVector value, BlockVector bound, BlockVector whenBelow, BlockVector otherwise) => new(Vector.ConditionalSelect(
        Vector.AsVectorUInt32(Vector.LessThan(Vector.AsVectorInt32(value._value), Vector.AsVectorInt32(bound._value))), whenBelow._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(BlockVector value, BlockVector bound) => Vector.LessThanAny(Vector.AsVectorInt32(value._value), Vector.AsVectorInt32(bound._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector AddFloats(BlockVector left, BlockVector right) =>
        new(Vector.AsVectorUInt32(Vector.AsVectorSingle(left._value) + Vector.AsVectorSingle(right._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector SubtractFloats(BlockVector left, BlockVector right) =>
        new(Vector.AsVectorUInt32(Vector.AsVectorSingle(left._value) - Vector.AsVectorSingle(right._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector Load(ref float source, nuint index) => new(Vector.AsVectorUInt32(Vector.LoadUnsafe(ref source, index)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, nuint index) => Vector.AsVectorSingle(_value).StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (BlockVector First, BlockVector Second, BlockVector Third, BlockVector Fourth) LoadCodes(ref byte source, nuint index)
    {
        Vector.Widen(Vector.LoadUnsafe(ref source, index), out var low, out var high);
        Vector.Widen(low, out var first, out var second);
        Vector.Widen(high, out var third, out var fourth);
        return (new(first), new(second), new(third), new(fourth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (BlockVector First, BlockVector Second, BlockVector Third, BlockVector Fourth) LoadSignedCodes(ref byte source, nuint index)
    {
        Vector.Widen(Vector.AsVectorSByte(Vector.LoadUnsafe(ref source, index)), out var low, out var high);
        Vector.Widen(low, out var first, out var second);
        Vector.Widen(high, out var third, out var fourth);
        return (new(Vector.AsVectorUInt32(first)), new(Vector.AsVectorUInt32(second)), new(Vector.AsVectorUInt32(third)), new(Vector.AsVectorUInt32(fourth)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCodes(ref byte destination, nuint index, BlockVector first, BlockVector second, BlockVector third, BlockVector fourth) =>
        Vector.Narrow(Vector.Narrow(first._value, second._value), Vector.Narrow(third._value, fourth._value)).StoreUnsafe(ref destination, index);
}

/// <summary>16 elements, where the processor has vectors of 512 bits: one instruction widens and narrows.</summary>
internal readonly struct WideBlockVector(Vector512<uint> value) : IBlockVector<WideBlockVector>
{
    private readonly Vector512<uint> _value = value;

    /// <summary>True where they are faster.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Vector512.IsHardwareAccelerated;

    public static int Count => Vector512<uint>.Count;

    public static WideBlockVector Indices => new(Vector512<uint>.Indices);

    public bool HasSign
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.LessThanAny(_value.AsInt32(), Vector512<int>.Zero);
    }

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
    public static WideBlockVector Min(WideBlockVector left, WideBlockVector right) => new(Vector512.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector Max(WideBlockVector left, WideBlockVector right) => new(Vector512.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector SelectBelow(WideBlockVector value, WideBlockVector bound, WideBlockVector whenBelow, WideBlockVector otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(value._value, bound._value), whenBelow._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(WideBlockVector value, WideBlockVector bound) => Vector512.LessThanAny(value._value, bound._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector AddFloats(WideBlockVector left, WideBlockVector right) => new((left._value.AsSingle() + right._value.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector SubtractFloats(WideBlockVector left, WideBlockVector right) => new((left._value.AsSingle() - right._value.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockVector Load(ref float source, nuint index) => new(Vector512.LoadUnsafe(ref source, index).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, nuint index) => _value.AsSingle().StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (WideBlockVector First, WideBlockVector Second, WideBlockVector Third, WideBlockVector Fourth) LoadCodes(ref byte source, nuint index) =>
        (Codes(ref source, index), Codes(ref source, index + 16), Codes(ref source, index + 32), Codes(ref source, index + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (WideBlockVector First, WideBlockVector Second, WideBlockVector Third, WideBlockVector Fourth) LoadSignedCodes(ref byte source, nuint index) =>
        (SignedCodes(ref source, index), SignedCodes(ref source, index + 16), SignedCodes(ref source, index + 32), SignedCodes(ref source, index + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCodes(ref byte destination, nuint index, WideBlockVector first, WideBlockVector second, WideBlockVector third, WideBlockVector fourth)
    {
        Avx512F.ConvertToVector128Byte(first._value).StoreUnsafe(ref destination, index);
        Avx512F.ConvertToVector128Byte(second._value).StoreUnsafe(ref destination, index + 16);
        Avx512F.ConvertToVector128Byte(third._value).StoreUnsafe(ref destination, index + 32);
        Avx512F.ConvertToVector128Byte(fourth._value).StoreUnsafe(ref destination, index + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WideBlockVector Codes(ref byte source, nuint index) => new(Avx512F.ConvertToVector512UInt32(Vector128.LoadUnsafe(ref source, index)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WideBlockVector SignedCodes(ref byte source, nuint index) =>
        new(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref source, index).AsSByte()).AsUInt32());
}
