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
        Span<double> lanes = stackalloc double[BlockSum.LaneValues];
        new ElementLanes<float>(lanes).AddProduct(0, new(float.MaxValue), new(float.MaxValue));

        Assert.Equal(float.MaxValue, (float)Math.Sqrt(lanes[0]));
    }

    [Fact]
    public void Lanes_of_floats_have_the_bits_that_single_elements_give() => Compare(Floats(seed: 3), Floats(seed: 4));

    [Fact]
    public void Lanes_of_doubles_have_the_bits_that_single_elements_give() => Compare(Values(BlockSum.Length, seed: 5), Values(BlockSum.Length, seed: 6));

    private static void Compare<T>(T[] left, T[] right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> expected = stackalloc double[BlockSum.LaneValues];
        var elements = new ElementLanes<T>(expected);
        Add<T, ElementPack<T>, ElementLanes<T>>(ref elements, left, right);
        var vectors = default(VectorLanes<T>);
        Add<T, VectorPack<T>, VectorLanes<T>>(ref vectors, left, right);
        var wide = default(WideLanes<T>);
        Add<T, WidePack<T>, WideLanes<T>>(ref wide, left, right);

        Span<double> actual = stackalloc double[BlockSum.LaneValues];
        vectors.CopyTo(actual);
        Assert.Equal(expected.ToArray(), actual.ToArray());
        wide.CopyTo(actual);
        Assert.Equal(expected.ToArray(), actual.ToArray());
    }

    private static void Add<T, TPack, TLanes>(ref TLanes lanes, T[] left, T[] right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where TLanes : struct, IBlockLanes<TPack>, allows ref struct
    {
        for (var i = 0; i < left.Length; i += TPack.Count)
        {
            var position = i % BlockSum.Lanes / TPack.Count;
            lanes.Add(position, TPack.Load(ref left[0], (nuint)i));
            lanes.AddProduct(position, TPack.Load(ref left[0], (nuint)i), TPack.Load(ref right[0], (nuint)i));
        }
    }

    private static double Sum<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = default(BlockSum);
        foreach (var block in values.Chunk(BlockSum.Length))
        {
            Span<double> ofLanes = new double[BlockSum.LaneValues];
            var lanes = new ElementLanes<T>(ofLanes);
            for (var i = 0; i < block.Length; i++)
                lanes.Add(i % BlockSum.Lanes, new(block[i]));
            sum.Add<T>(ofLanes);
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
