using System.Numerics;
using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

/// <summary>Norms are finite where the numbers are, whatever their squares are, and the same bits for any cut.</summary>
public sealed class BlockNormTests
{
    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(1e300)]
    [InlineData(5e-324)]
    [InlineData(1e154)]
    [InlineData(1e-162)]
    [InlineData(1)]
    public void Norm_of_equal_numbers_is_one_times_the_root_of_their_count(double value)
    {
        foreach (var length in new[] { 1, 3, 16, 31, 512, 513, 700, 5_000 })
        {
            var norm = BlockNorm.Root(Sum(Enumerable.Repeat(value, length).ToArray()));

            Assert.Equal(Math.Sqrt(length), norm / value, value < 1e-300 ? 2 : 1e-13 * Math.Sqrt(length));
        }
    }

    [Fact]
    public void Large_numbers_hide_small_ones()
    {
        double[] values = [.. Enumerable.Repeat(1e-200, 600), 3e180, .. Enumerable.Repeat(1.0, 600), 4e180, .. new double[700]];

        Assert.Equal(5e180, BlockNorm.Root(Sum(values)), 1e166);
    }

    [Fact]
    public void Norms_of_nothing_and_of_what_is_not_finite_are_what_they_are()
    {
        Assert.Equal(0, BlockNorm.Root(Sum(Array.Empty<double>())));
        Assert.Equal(0, BlockNorm.Root(Sum(new double[700])));
        Assert.Equal(double.PositiveInfinity, BlockNorm.Root(Sum([1e200, double.NegativeInfinity, .. new double[700]])));
        Assert.Equal(double.NaN, BlockNorm.Root(Sum([1e200, double.NaN, .. new double[700]])));
        Assert.Equal(double.PositiveInfinity, BlockNorm.Root(Sum(Enumerable.Repeat(double.MaxValue, 2).ToArray())));
        Assert.Equal(Math.Sqrt(2) * float.MaxValue, BlockNorm.Root(Sum(new[] { float.MaxValue, float.MinValue })), 1e24);
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(1)]
    public void Slices_of_whole_blocks_have_the_bits_of_the_whole(double scale)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 9_000).Select(i => (random.NextDouble() - 0.5) * (i is > 2_000 and < 4_000 ? scale : 1)).ToArray();
        foreach (var slice in new[] { 512, 1024, 4096 })
        {
            var tree = default(PartialTree);
            foreach (var part in values.Chunk(slice))
                tree.Add(Sum(part), ReductionKind.Norm);

            Assert.Equal(Sum(values), tree.Result(ReductionKind.Norm));
        }
    }

    [Fact]
    public void Sums_that_a_double_holds_are_those_of_squares()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 2_000).Select(_ => random.NextDouble() - 0.5).ToArray();
        var (sum, ofLanes) = (default(BlockSum), new double[BlockSum.LaneValues]);
        foreach (var block in values.Chunk(BlockSum.Length))
        {
            Fill(ofLanes, block);
            sum.Add<double>(ofLanes);
        }

        Assert.Equal(sum.Total, Sum(values));
        Assert.Equal(Math.Sqrt(sum.Total), BlockNorm.Root(sum.Total));
    }

    private static double Sum<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var norm = default(BlockNorm);
        var (kept, ofLanes, end) = (new T[BlockNorm.KeptOf<T>((nuint)values.Length)], new double[BlockSum.LaneValues], 0);
        foreach (var block in values.Chunk(BlockSum.Length))
        {
            Fill(ofLanes, block);
            block.AsSpan(0, Math.Min(block.Length, kept.Length)).CopyTo(kept);
            norm.Add<T>(ofLanes, kept, (nuint)(end += block.Length));
        }

        return norm.Total;
    }

    private static void Fill<T>(double[] ofLanes, T[] block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Array.Clear(ofLanes);
        var lanes = new ElementLanes<T>(ofLanes);
        for (var i = 0; i < block.Length; i++)
            lanes.AddProduct(i % BlockSum.Lanes, new(block[i]), new(block[i]));
    }
}
