using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>As many elements as the vectors that the machine likes hold.</summary>
internal readonly struct BlockVector(Vector<uint> value) : IBlockVector<BlockVector>
{
    private readonly Vector<uint> _value = value;

    public static int Count => Vector<uint>.Count;

    public static BlockVector Indices => new(Vector<uint>.Indices);

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
    public static BlockVector Max(BlockVector left, BlockVector right) => new(Vector.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector MultiplyFloats(BlockVector left, BlockVector right) =>
        new(Vector.AsVectorUInt32(Vector.AsVectorSingle(left._value) * Vector.AsVectorSingle(right._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector RaisePositive(BlockVector value, BlockVector least) =>
        new(Vector.ConditionalSelect(Vector.Equals(value._value, Vector<uint>.Zero), value._value, Vector.Max(value._value, least._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockVector Load(ref float source, nuint index) => new(Vector.AsVectorUInt32(Vector.LoadUnsafe(ref source, index)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, nuint index) => Vector.AsVectorSingle(_value).StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (BlockVector First, BlockVector Second, BlockVector Third, BlockVector Fourth) LoadCodes(ref byte source, nuint index)
    {
        Vector.Widen(Vector.AsVectorSByte(Vector.LoadUnsafe(ref source, index)), out var low, out var high);
        Vector.Widen(low, out var first, out var second);
        Vector.Widen(high, out var third, out var fourth);
        return (new(Vector.AsVectorUInt32(first)), new(Vector.AsVectorUInt32(second)), new(Vector.AsVectorUInt32(third)), new(Vector.AsVectorUInt32(fourth)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCodes(ref byte destination, nuint index, BlockVector first, BlockVector second, BlockVector third, BlockVector fourth) => Vector.Narrow(
        Vector.Narrow(first._value >>> BlockFrame.Dropped, second._value >>> BlockFrame.Dropped), Vector.Narrow(third._value >>> BlockFrame.Dropped, fourth._value >>> BlockFrame.Dropped))
        .StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSignedCodes(ref byte destination, nuint index, BlockVector first, BlockVector second, BlockVector third, BlockVector fourth) =>
        Vector.Narrow(Vector.Narrow(SignedCode(first), SignedCode(second)), Vector.Narrow(SignedCode(third), SignedCode(fourth))).StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> SignedCode(BlockVector word) => Vector.ConditionalSelect(new Vector<uint>(BlockFrame.Sign), word._value >>> 24, word._value >>> BlockFrame.Dropped);
}
