using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

/// <summary>The codes of <see cref="Storage.Block8"/>.</summary>
public sealed class Block8Tests
{
    private const int Length = 256;
    private const float LeastFloat = 1.17549435e-38f;

    public static TheoryData<float> Scales => [1f, 1e-20f, 3e20f, 1e-37f, 1e-41f, 1.8e38f];

    [Fact]
    public void Every_code_of_every_frame_survives_both_ways()
    {
        var codes = Enumerable.Range(0, Length).Select(i => (byte)i).ToArray();
        foreach (var scale in new[] { 1f, -1f, LeastFloat, -LeastFloat, MathF.ScaleB(1, 97), -MathF.ScaleB(1, 113) })
        {
            var values = Read(codes, scale);
            var (again, scales) = Written(values, null, 0);

            // The negative zero of a frame with signs is there, and the largest code makes the frame the same. Without signs what is positive has a
            // leading one.
            Assert.Equal(scale, scales[0]);
            Assert.Equal(Array.ConvertAll(codes, code => scale > 0 && code is > 0 and < 8 ? (byte)8 : code), again);
            Assert.All(values, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Nearest_is_within_half_of_what_is_promised(float largest)
    {
        var random = new Random(1);
        for (var run = 0; run < 200; run++)
        {
            foreach (var isSigned in new[] { false, true })
            {
                var values = Values(random, largest, isSigned);
                var (codes, scales) = Written(values, null, 0);
                var read = Read(codes, scales[0]);
                var most = values.Max(Math.Abs);
                var (full, distance) = isSigned ? (Math.ScaleB(most, -13), Math.ScaleB(most, -16)) : (Math.ScaleB(most, -29), Math.ScaleB(most, -32));

                // No frame has codes that are closer than this.
                (full, distance) = (Math.Max(full, LeastFloat), Math.Max(distance, Math.ScaleB(1, -129)));
                for (var i = 0; i < Length; i++)
                {
                    var error = Math.Abs((double)read[i] - values[i]);
                    var bound = Math.Abs(values[i]) >= full ? Math.Max(Math.Abs((double)values[i]) / 16, distance / 2)
                        : values[i] > 0 && !isSigned ? full : Math.Max(distance / 2, Math.Abs((double)values[i]) / 16);
                    Assert.True(error <= bound, $"{values[i]} of at most {most} became {read[i]}");
                    Assert.True(values[i] == 0 || isSigned || read[i] > 0, $"{values[i]} of at most {most} became {read[i]}");
                }
            }
        }
    }

    [Fact]
    public void Rounding_is_right_on_average_over_steps_and_over_elements()
    {
        // One between two codes of full precision, one among the small ones of a frame with signs, and one that is a code.
        foreach (var (value, bound) in new[] { (1.03f, 1 / 8.0), (3.1e-6f, Math.ScaleB(1, -17)), (1.5f, 0.0) })
        {
            for (var state = 0; state < 2; state++)
            {
                var (sum, count) = (0.0, 0);
                for (var step = 0; step < 500; step++)
                {
                    var values = new float[Length];
                    values.AsSpan().Fill(value);
                    values[0] = -1.8f;
                    var (codes, scales) = Written(values, RoundingKey.Of(3, step, 0), state);
                    foreach (var read in Read(codes, scales[0])[1..])
                    {
                        Assert.InRange(read, value - bound, value + bound);
                        (sum, count) = (sum + read, count + 1);
                    }
                }

                Assert.InRange(sum / count, value - (3 * bound / Math.Sqrt(count)), value + (3 * bound / Math.Sqrt(count)));
            }
        }
    }

    [Fact]
    public void Vectors_of_every_width_write_and_read_the_same_bits()
    {
        Assert.SkipUnless(WideBlockVector.IsSupported, "There is one width here.");
        var random = new Random(4);
        for (var run = 0; run < 300; run++)
        {
            var values = Values(random, MathF.Pow(10, random.Next(-44, 38)), run % 2 == 0);
            if (run % 10 == 0)
                values[run % Length] = run % 20 == 0 ? float.NaN : float.NegativeInfinity;
            foreach (var key in new RoundingKey?[] { null, RoundingKey.Of(1, run, 512) })
            {
                for (var state = 0; state < 2; state++)
                {
                    byte[] codes = new byte[Length], wide = new byte[Length];
                    float[] scales = new float[1], wideScales = new float[1];
                    BlockCodes.Write<float, BlockVector>(values, codes, scales, key, state);
                    BlockCodes.Write<float, WideBlockVector>(values, wide, wideScales, key, state);
                    Assert.Equal(codes, wide);
                    Assert.Equal(scales, wideScales);
                    float[] read = new float[Length], wideRead = new float[Length];
                    BlockCodes.Read<float, BlockVector>(codes, scales, read);
                    BlockCodes.Read<float, WideBlockVector>(codes, scales, wideRead);
                    Assert.Equal(read.Select(BitConverter.SingleToUInt32Bits), wideRead.Select(BitConverter.SingleToUInt32Bits));
                }
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void A_value_that_no_frame_has_makes_its_block_nan_and_no_other(float value)
    {
        var values = Enumerable.Range(0, 3 * Length).Select(i => (float)i).ToArray();
        values[Length + 7] = value;
        var (codes, scales) = Written(values, RoundingKey.Of(1, 1, 0), 0);
        Assert.Equal([false, true, false], scales.Select(float.IsNaN));
        var read = new float[values.Length];
        BlockCodes.Read<float>(codes, scales, read);
        Assert.Equal(Length, read.Count(float.IsNaN));
    }

    [Fact]
    public void Doubles_and_short_blocks_are_as_floats_and_whole_ones()
    {
        var random = new Random(9);
        foreach (var length in new[] { 1, 17, 255, 257, 700 })
        {
            var values = Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.3).ToArray();
            var key = RoundingKey.Of(5, 6, 0);
            byte[] codes = new byte[length], ofDoubles = new byte[length];
            float[] scales = new float[BlockCodes.CountOf(length)], scalesOfDoubles = new float[scales.Length];
            BlockCodes.Write<float>(Array.ConvertAll(values, value => (float)value), codes, scales, key, 1);
            BlockCodes.Write<double>(values, ofDoubles, scalesOfDoubles, key, 1);
            Assert.Equal(codes, ofDoubles);
            Assert.Equal(scales, scalesOfDoubles);
            var (floats, doubles) = (new float[length], new double[length]);
            BlockCodes.Read<float>(codes, scales, floats);
            BlockCodes.Read<double>(codes, scales, doubles);
            Assert.Equal(doubles, Array.ConvertAll(floats, value => (double)value));
            Assert.All(values.Zip(floats), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) / 7));
        }
    }

    [Fact]
    public void A_frame_that_a_file_makes_up_throws_nothing()
    {
        foreach (var scale in new[] { 0f, -0f, 1e-40f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0.7f, float.MaxValue })
            Assert.Equal(Length, Read([.. Enumerable.Range(0, Length).Select(i => (byte)i)], scale).Length);
    }

    [Fact]
    public void Units_are_cut_between_blocks()
    {
        foreach (var (rows, columns) in new[] { (1000, 3), (64, 100), (7, 1024), (300, 257) })
        {
            var units = Units.OfRows(rows * columns, rows, 512, Length);
            Assert.True(units.ChunkLength % Length == 0 || units.ChunkLength >= rows * columns);
            Assert.Equal(0, units.ChunkLength >= rows * columns ? 0 : units.ChunkLength % columns);
        }
    }

    private static float[] Values(Random random, float largest, bool isSigned)
    {
        var values = new float[Length];
        for (var i = 0; i < Length; i++)
            values[i] = (float)(largest * Math.ScaleB(random.NextDouble(), -random.Next(0, 40)) * (isSigned && random.Next(2) == 0 ? -1 : 1));
        values[5] = 0;
        return values;
    }

    private static float[] Read(byte[] codes, float scale)
    {
        var values = new float[codes.Length];
        BlockCodes.Read<float>(codes, [scale], values);
        return values;
    }

    private static (byte[] Codes, float[] Scales) Written(float[] values, RoundingKey? key, int state)
    {
        var (codes, scales) = (new byte[values.Length], new float[BlockCodes.CountOf(values.Length)]);
        BlockCodes.Write<float>(values, codes, scales, key, state);
        return (codes, scales);
    }
}
