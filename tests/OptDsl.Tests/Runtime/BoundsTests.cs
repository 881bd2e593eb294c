using OptDsl.Rules;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class BoundsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_step_ends_in_the_box(int degree)
    {
        var results = new List<float[]>();
        foreach (var chunk in (int[])[512, 16 * 1024])
        {
            var model = new Model<float>(1, 40_003);
            var parameter = model.Parameters[0];
            parameter.Lower = Enumerable.Repeat(-0.25f, parameter.Length).ToArray();
            parameter.Upper = Enumerable.Range(0, parameter.Length).Select(i => i % 2 == 0 ? 0.25f : float.PositiveInfinity).ToArray();
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = degree, ParallelThreshold = 0, ChunkLength = chunk, Lookahead = new Lookahead(2), MeasuresSteps = true };
            optimizer.Add(new TestMomentum { LearningRate = 0.5 }, parameter);
            var average = optimizer.AddAverage(Averaging.Equal());
            model.Train(optimizer, 5);
            Assert.All(parameter.Value.ToArray().Index(), element => Assert.InRange(element.Item, -0.25f, element.Index % 2 == 0 ? 0.25f : float.MaxValue));
            Assert.All(average.Of("p0").ToArray(), element => Assert.InRange(element, -0.25f, float.MaxValue));
            Assert.Contains(-0.25f, parameter.Value.ToArray());
            Assert.Contains(0.25f, parameter.Value.ToArray());
            results.Add(parameter.Value.ToArray());
        }

        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void What_is_inside_has_the_bits_of_a_training_without_limits_and_NaN_is_not_hidden()
    {
        double[] w = [0, 0, 0], g = [1, -1, double.NaN];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 1 }, new Parameter<double>("w", w, g) { Lower = new double[] { -0.5, -9, -1 }, Upper = new double[] { 9, 9, 1 } });
        optimizer.Step();
        Assert.Equal([-0.5, 1, double.NaN], w);
    }

    [Fact]
    public void A_fit_finds_the_edge_of_the_box()
    {
        double[] x = [0.5, 0.5], g = new double[2];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new Sgd { LearningRate = 0.1 }, new Parameter<double>("x", x, g) { Lower = new double[] { 0, 0 }, Upper = new double[] { 1, 1 } });
        for (var step = 0; step < 200; step++)
        {
            (g[0], g[1]) = (2 * (x[0] - 3), 2 * (x[1] - 0.25));
            optimizer.Step();
        }

        Assert.Equal(1, x[0]);
        Assert.Equal(0.25, x[1], 1e-9);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        var w = new double[2];
        var parameter = new Parameter<double>("w", w, new double[2]);
        Assert.Throws<ArgumentException>("Lower", () => parameter.Lower = new double[3]);
        Assert.Throws<ArgumentException>("Lower", () => parameter.Lower = new[] { 0, double.NaN });
        Assert.Throws<ArgumentException>("Upper", () => parameter.Upper = w);
        parameter.Lower = new double[] { 0, 1 };
        Assert.Contains("at index 1 are 1 and 0.5", Assert.Throws<ArgumentException>("Upper", () => parameter.Upper = new[] { 0, 0.5 }).Message, StringComparison.Ordinal);
        parameter.Upper = new double[] { 0, 1 };
        parameter.Lower = null;
        Assert.True(parameter.Lower.IsEmpty);
    }
}
