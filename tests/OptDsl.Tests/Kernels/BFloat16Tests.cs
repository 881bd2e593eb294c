using System.Numerics;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

public sealed class BFloat16Tests
{
    private static readonly float[] s_special =
    [
        0, -0f, 1, -1, float.Epsilon, -float.Epsilon, 1e-40f, float.MinValue, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN,
        BitConverter.UInt32BitsToSingle(0x7FFF_FFFF), BitConverter.UInt32BitsToSingle(0xFFFF_FFFF), BitConverter.UInt32BitsToSingle(0x7F80_0001),
        BitConverter.UInt32BitsToSingle(0x3F80_8000), BitConverter.UInt32BitsToSingle(0x3F81_8000), BitConverter.UInt32BitsToSingle(0x3F80_7FFF), 3.3e38f,
    ];

    [Fact]
    public void Every_number_of_bfloat16_survives_both_ways()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = BFloat16Bits.ToSingle((ushort)bits);
            if (float.IsNaN(value))
                Assert.True(float.IsNaN(BFloat16Bits.ToSingle(BFloat16Bits.FromSingle(value))));
            else
                Assert.Equal(bits, BFloat16Bits.FromSingle(value));
        }
    }

    [Fact]
    public void Nearest_is_the_nearest_and_the_even_one_between_two()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (!float.IsFinite(value) || Math.Abs(value) > 3.3e38f)
                continue;
            var (rounded, below) = (BFloat16Bits.FromSingle(value), (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
            var (low, high) = (Math.Abs((double)value - BFloat16Bits.ToSingle(below)), Math.Abs((double)value - BFloat16Bits.ToSingle((ushort)(below + 1))));
            Assert.Equal(low < high || (low == high && below % 2 == 0) ? below : (ushort)(below + 1), rounded);
        }
    }

    [Fact]
    public void All_packs_read_and_write_the_same_bits()
    {
        SameBits<float>();
        SameBits<double>();
    }

    [Fact]
    public void Rounding_is_right_on_average_and_uses_both_neighbours_alone()
    {
        // Over the steps of one element, and over the elements of one step.
        foreach (var part in new[] { 0.001, 0.1, 0.5, 0.73 })
        {
            var value = (float)(1 + (part / 128));
            var (ups, count) = (new int[4], 100_000);
            for (var i = 0; i < count; i++)
            {
                for (var state = 0; state < 2; state++)
                {
                    ups[state] += Round(value, RoundingKey.Of(7, i, 0), state, 12345);
                    ups[2 + state] += Round(value, RoundingKey.Of(7, 3, 0), state, i);
                }
            }

            foreach (var up in ups)
                Assert.InRange(up, (part * count) - (5 * Math.Sqrt(part * count)) - 1, (part * count) + (5 * Math.Sqrt(part * count)) + 1);
        }
    }

    [Fact]
    public void Bits_of_neighbours_steps_and_states_are_not_alike()
    {
        const int count = 1 << 16;
        var draws = new double[5, count];
        for (var i = 0; i < count; i++)
        {
            draws[0, i] = Draw(3, 0, i);
            draws[1, i] = Draw(3, 1, i);
            draws[2, i] = Draw(3, 0, i + 1);
            draws[3, i] = Draw(4, 0, i);
            draws[4, i] = Draw(3, 2, i);
        }

        for (var a = 0; a < 5; a++)
        {
            for (var b = a + 1; b < 5; b++)
            {
                var sum = 0.0;
                for (var i = 0; i < count; i++)
                    sum += draws[a, i] * draws[b, i];
                Assert.InRange(12 * sum / count, -0.025, 0.025);
            }
        }

        static double Draw(long step, int state, int element) =>
            (RoundingKey.Bits(RoundingKey.Of(99, step, 0).At(state, (nuint)element), RoundingKey.TakesLow(state)) / 65536.0) - 0.5;
    }

    [Fact]
    public void Bits_depend_on_the_place_in_the_tensor_and_not_on_the_slice()
    {
        for (var start = 0; start < 5000; start += 37)
            Assert.Equal(RoundingKey.Of(5, 6, 0).At(1, 5000), RoundingKey.Of(5, 6, start).At(1, (nuint)(5000 - start)));
    }

    private static int Round(float value, RoundingKey key, int state, int element)
    {
        ushort result = 0;
        new ElementPack<float>(value).StoreBFloat16(ref result, 0, key.At(state, (nuint)element), RoundingKey.TakesLow(state));
        Assert.InRange(result, 0x3F80, 0x3F81);
        return result - 0x3F80;
    }

    private static void SameBits<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(2);
        var values = new T[64 * 16];
        for (var i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(i < s_special.Length ? s_special[i] : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
        var key = RoundingKey.Of(11, 12, 13);
        for (var state = 0; state < 4; state++)
        {
            var expected = Written<T, ElementPack<T>>(values, key, state);
            Assert.Equal(expected, Written<T, VectorPack<T>>(values, key, state));
            Assert.Equal(expected, Written<T, WidePack<T>>(values, key, state));
        }

        var nearest = WrittenNearest<T, ElementPack<T>>(values);
        Assert.Equal(nearest, WrittenNearest<T, VectorPack<T>>(values));
        Assert.Equal(nearest, WrittenNearest<T, WidePack<T>>(values));
        Assert.Equal(nearest, values.Select(value => BFloat16Bits.FromSingle(float.CreateTruncating(value))));
        Assert.Equal(Read<T, ElementPack<T>>(nearest), Read<T, VectorPack<T>>(nearest));
        Assert.Equal(Read<T, ElementPack<T>>(nearest), Read<T, WidePack<T>>(nearest));
    }

    private static ushort[] Written<T, TPack>(T[] values, RoundingKey key, int state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPack : struct, IPack<TPack, T>
    {
        var result = new ushort[values.Length];
        for (var i = 0; i < values.Length; i += TPack.Count)
            TPack.Load(ref values[0], (nuint)i).StoreBFloat16(ref result[0], (nuint)i, key.At(state, (nuint)i), RoundingKey.TakesLow(state));
        return result;
    }

    private static ushort[] WrittenNearest<T, TPack>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPack : struct, IPack<TPack, T>
    {
        var result = new ushort[values.Length];
        for (var i = 0; i < values.Length; i += TPack.Count)
            TPack.Load(ref values[0], (nuint)i).StoreNearestBFloat16(ref result[0], (nuint)i);
        return result;
    }

    private static T[] Read<T, TPack>(ushort[] bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPack : struct, IPack<TPack, T>
    {
        var result = new T[bits.Length];
        for (var i = 0; i < bits.Length; i += TPack.Count)
            TPack.LoadBFloat16(ref bits[0], (nuint)i).Store(ref result[0], (nuint)i);
        return result;
    }
}
