using System.Numerics;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

/// <summary>The order of additions is fixed, and rounding stays below that of a sum in pairs.</summary>
public sealed class BlockSumTests
{
    private const double Roundoff = 1.1102230246251565e-16;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public void Sum_of_floats_is_as_exact_as_double_allows(int length)
    {
        var values = Values(length, seed: 1).Select(value => (float)value).ToArray();
        var exact = new ExactSum();
        Array.ForEach(values, value => exact.Add(value));

        var error = exact.DistanceTo(Sum(values));

        Assert.InRange(error, 0, Roundoff * Math.Log2(length + 2) * values.Sum(value => Math.Abs((double)value)));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public void Sum_of_doubles_loses_less_than_the_bound_of_a_sum_in_pairs(int length)
    {
        var values = Values(length, seed: 2);
        var exact = new ExactSum();
        Array.ForEach(values, exact.Add);

        var error = exact.DistanceTo(Sum(values));

        Assert.InRange(error, 0, Roundoff * (Math.Log2(length / BlockSum.Length) + 2) * values.Sum(Math.Abs));
    }

    [Fact]
    public void Block_of_doubles_survives_cancellation()
    {
        double[] values = [1e17, .. Enumerable.Repeat(1.0, 240), -1e17];

        Assert.Equal(240, Sum(values));
    }

    [Fact]
    public void Infinite_sum_is_infinite_and_not_NaN()
    {
        Assert.Equal(double.PositiveInfinity, Sum([1.0, double.PositiveInfinity, 2]));
        Assert.Equal(double.NaN, Sum([double.NegativeInfinity, .. new double[16 - 1], double.PositiveInfinity]));
    }

    [Fact]
    public void Squares_of_floats_do_not_overflow()
    {
        var lane = 0.0;
        BlockSum.AddProduct(ref lane, float.MaxValue, float.MaxValue);

        Assert.Equal(float.MaxValue, (float)Math.Sqrt(lane));
    }

    [Fact]
    public void Lanes_of_floats_have_the_bits_that_single_elements_give()
    {
        var (left, right) = (Floats(seed: 3), Floats(seed: 4));
        Span<double> expected = stackalloc double[BlockSum.Lanes];
        for (var i = 0; i < left.Length; i++)
        {
            BlockSum.Add(ref expected[i % BlockSum.Lanes], left[i]);
            BlockSum.AddProduct(ref expected[i % BlockSum.Lanes], left[i], right[i]);
        }

        var lanes = default(FloatLanes);
        for (var i = 0; i < left.Length; i += Vector<float>.Count)
        {
            var position = i % BlockSum.Lanes / Vector<float>.Count;
            lanes.Add(position, new Vector<float>(left, i));
            lanes.AddProduct(position, new Vector<float>(left, i), new Vector<float>(right, i));
        }

        Span<double> actual = stackalloc double[BlockSum.Lanes];
        lanes.CopyTo(actual);
        Assert.Equal(expected.ToArray(), actual.ToArray());
    }

    [Fact]
    public void Lanes_of_doubles_have_the_bits_that_single_elements_give()
    {
        var (left, right) = (Values(BlockSum.Length, seed: 5), Values(BlockSum.Length, seed: 6));
        Span<CompensatedSum> expected = stackalloc CompensatedSum[BlockSum.Lanes];
        for (var i = 0; i < left.Length; i++)
        {
            BlockSum.Add(ref expected[i % BlockSum.Lanes], left[i]);
            BlockSum.AddProduct(ref expected[i % BlockSum.Lanes], left[i], right[i]);
        }

        var lanes = default(DoubleLanes);
        for (var i = 0; i < left.Length; i += Vector<double>.Count)
        {
            var position = i % BlockSum.Lanes / Vector<double>.Count;
            lanes.Add(position, new Vector<double>(left, i));
            lanes.AddProduct(position, new Vector<double>(left, i), new Vector<double>(right, i));
        }

        Span<CompensatedSum> actual = stackalloc CompensatedSum[BlockSum.Lanes];
        lanes.CopyTo(actual);
        Assert.Equal(expected.ToArray(), actual.ToArray());
    }

    private static double Sum(float[] values)
    {
        var sum = default(BlockSum);
        foreach (var block in values.Chunk(BlockSum.Length))
        {
            var lanes = new double[BlockSum.Lanes];
            for (var i = 0; i < block.Length; i++)
                BlockSum.Add(ref lanes[i % BlockSum.Lanes], block[i]);
            sum.Add(lanes);
        }

        return sum.Total;
    }

    private static double Sum(double[] values)
    {
        var sum = default(BlockSum);
        foreach (var block in values.Chunk(BlockSum.Length))
        {
            var lanes = new CompensatedSum[BlockSum.Lanes];
            for (var i = 0; i < block.Length; i++)
                BlockSum.Add(ref lanes[i % BlockSum.Lanes], block[i]);
            sum.Add(lanes);
        }

        return sum.Total;
    }

    private static float[] Floats(int seed) => [.. Values(BlockSum.Length, seed).Select(value => (float)value)];

    private static double[] Values(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6)))];
    }
}
