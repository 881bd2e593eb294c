using FsCheck;
using FsCheck.Fluent;
using OptDsl.Execution;

namespace OptDsl.Tests.Runtime;

public sealed class NormsTests
{
    [Fact]
    public void Norms_agree_with_a_loop_at_every_length()
    {
        for (var length = 0; length < 1100; length += length < 70 ? 1 : 37)
        {
            var random = new Random(length);
            float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5))];
            double[] y = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
            Assert.Equal(x.Sum(e => (double)e * e), Norms.SumOfSquares<float>(x).Sum, 1e-12);
            Assert.Equal(y.Sum(e => e * e), Norms.SumOfSquares<double>(y).Sum, 1e-12);
            Assert.Equal(x.Select(e => (double)Math.Abs(e)).DefaultIfEmpty().Max(), Norms.LargestMagnitude<float>(x));
            Assert.Equal(y.Select(Math.Abs).DefaultIfEmpty().Max(), Norms.LargestMagnitude<double>(y));
            Assert.Equal(y.Select(e => (e - 0.25) * (e - 0.25)).Sum(), Norms.SumOfSquaredDifferences<double>(y, Enumerable.Repeat(0.25, length).ToArray()).Sum, 1e-12);
        }
    }

    [Fact]
    public void A_number_that_is_not_finite_is_found_at_every_position()
    {
        foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            for (var length = 1; length < 70; length++)
            {
                for (var position = 0; position < length; position++)
                {
                    var x = new float[length];
                    var y = new double[length];
                    x.AsSpan().Fill(float.MaxValue);
                    y.AsSpan().Fill(-double.MaxValue);
                    Assert.True(Norms.AreFinite<float>(x) && Norms.AreFinite<double>(y));
                    Assert.Equal(-1, Norms.FirstNonFinite<float>(x, 1));
                    x[position] = (float)bad;
                    y[position] = bad;
                    Assert.False(Norms.AreFinite<float>(x) || Norms.AreFinite<double>(y));
                    Assert.Equal(position, Norms.FirstNonFinite<float>(x, 1));
                    Assert.False(double.IsFinite(Norms.SumOfSquares<float>(x).Sum));
                    Assert.False(double.IsFinite(Norms.LargestMagnitude<float>(x)));
                    Assert.False(double.IsFinite(Norms.LargestMagnitude<double>(y)));
                }
            }
        }
    }

    [Fact]
    public void The_sum_over_chunks_is_the_sum_over_all() =>
        Prop.ForAll(
            (from length in Gen.Choose(1, 20_000) from chunk in Gen.Choose(0, 5) from seed in Gen.Choose(0, 1000) select (length, chunk: 512 << chunk, seed)).ToArbitrary(),
            c =>
            {
                var random = new Random(c.seed);
                var x = new float[c.length];
                foreach (ref var element in x.AsSpan())
                    element = (float)(random.NextDouble() * Math.Pow(10, random.Next(-5, 5)));
                var tree = default(CombinationTree<WideSum>);
                var sum = new ByKind(ReductionKind.Sum);
                foreach (var chunk in x.Chunk(c.chunk))
                    tree.Add(Norms.SumOfSquares<float>(chunk), sum);
                return tree.Result(sum).Sum == Norms.SumOfSquares<float>(x).Sum;
            }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Norms_of_doubles_scale_over_their_whole_range_and_over_chunks()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble() - 0.5)];
        var norm = Norms.SumOfSquares<double>(x).Root;
        for (var exponent = -1000; exponent <= 1010; exponent += 10)
        {
            double[] scaled = [.. x.Select(element => Math.ScaleB(element, exponent))];
            Assert.Equal(1, Norms.SumOfSquares<double>(scaled).Root / Math.ScaleB(norm, exponent), 1e-14);
            Assert.Equal(1, Norms.SumOfSquaredDifferences<double>(scaled, new double[3000]).Root / Math.ScaleB(norm, exponent), 1e-14);
            var tree = default(CombinationTree<WideSum>);
            foreach (var chunk in scaled.Chunk(1024))
                tree.Add(Norms.SumOfSquares<double>(chunk), new ByKind(ReductionKind.Sum));
            Assert.Equal(Norms.SumOfSquares<double>(scaled).Root, tree.Result(new ByKind(ReductionKind.Sum)).Root);
        }

        double[] mixed = [.. Enumerable.Repeat(1e-200, 512), .. Enumerable.Repeat(3.0, 512), .. Enumerable.Repeat(1e200, 512), .. new double[512]];
        Assert.Equal(1, Norms.SumOfSquares<double>(mixed).Root / (1e200 * Math.Sqrt(512)), 1e-14);
        Assert.Equal(1, Norms.SumOfSquares<double>(mixed.AsSpan(0, 1024)).Root / (3 * Math.Sqrt(512)), 1e-14);
        Assert.Equal(0, Norms.SumOfSquares<double>(mixed.AsSpan(1536)).Root);
        Assert.Equal(double.Epsilon, Norms.SumOfSquares<double>([double.Epsilon]).Root);
        Assert.Equal(double.MaxValue, Norms.SumOfSquares<double>([double.MaxValue]).Root, double.MaxValue * 1e-15);
        Assert.True(double.IsNaN(Norms.SumOfSquares<double>([double.NaN, 1e200]).Root));
    }
}
