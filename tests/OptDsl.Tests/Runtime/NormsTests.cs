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
            Assert.Equal(x.Sum(e => (double)e * e), Norms.SumOfSquares<float>(x), 1e-12);
            Assert.Equal(y.Sum(e => e * e), Norms.SumOfSquares<double>(y), 1e-12);
            Assert.Equal(x.Select(e => (double)Math.Abs(e)).DefaultIfEmpty().Max(), Norms.LargestMagnitude<float>(x));
            Assert.Equal(y.Select(Math.Abs).DefaultIfEmpty().Max(), Norms.LargestMagnitude<double>(y));
            Assert.Equal(y.Select(e => (e - 0.25) * (e - 0.25)).Sum(), Norms.SumOfSquaredDifferences<double>(y, Enumerable.Repeat(0.25, length).ToArray()), 1e-12);
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
                    Assert.Equal(-1, Norms.FirstNonFinite<float>(x));
                    x[position] = (float)bad;
                    y[position] = bad;
                    Assert.False(Norms.AreFinite<float>(x) || Norms.AreFinite<double>(y));
                    Assert.Equal(position, Norms.FirstNonFinite<float>(x));
                    Assert.False(double.IsFinite(Norms.SumOfSquares<float>(x)));
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
                var tree = default(PartialTree);
                foreach (var chunk in x.Chunk(c.chunk))
                    tree.Add(Norms.SumOfSquares<float>(chunk), ReductionKind.Sum);
                return tree.Result(ReductionKind.Sum) == Norms.SumOfSquares<float>(x);
            }).Check(Config.QuickThrowOnFailure);
}
