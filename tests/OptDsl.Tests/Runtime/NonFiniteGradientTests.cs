using System.Numerics;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class NonFiniteGradientTests
{
    public static TheoryData<double, string> Faults
    {
        get
        {
            var data = new TheoryData<double, string>();
            foreach (var value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                foreach (var clipping in (string[])["none", "value", "global", "largest", "tensor", "adaptive"])
                    data.Add(value, clipping);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Throw_names_the_parameter_and_the_index_and_nothing_is_written(double fault, string clipping)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (model, optimizer) = Trained<T>(NonFinitePolicy.Throw, clipping);
            var before = Snapshot(model, optimizer);
            foreach (var (parameter, index) in ((int, int)[])[(0, 0), (1, 1234), (2, 2), (3, 40_000)])
            {
                model.Backward(4);
                model.Parameters[parameter].Gradient.Span[index] = T.CreateTruncating(fault);
                model.Parameters[3].Gradient.Span[^1] = T.NaN;
                var gradients = model.Gradients;
                var exception = Assert.Throws<NonFiniteGradientException>(() => optimizer.Step());
                Assert.Equal(($"p{parameter}", index, fault), (exception.ParameterName, exception.Index, exception.Value));
                Assert.Contains($"'p{parameter}'", exception.Message, StringComparison.Ordinal);
                Assert.Contains($"index {index}", exception.Message, StringComparison.Ordinal);
                Assert.Equal(before, Snapshot(model, optimizer));
                Assert.Equal(gradients, model.Gradients);
                Assert.Equal(0, optimizer.SkippedSteps);
            }

            model.Train(optimizer, 1);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("value")]
    [InlineData("global")]
    [InlineData("largest")]
    [InlineData("tensor")]
    [InlineData("adaptive")]
    public void A_gradient_that_is_not_finite_once_scaled_is_refused(string clipping)
    {
        Check<float>(1e30, 1e20);
        Check<double>(1e200, 1e200);

        void Check<T>(double scale, double gradient)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (model, optimizer) = Trained<T>(NonFinitePolicy.Throw, clipping);
            optimizer.GradientScale = scale;
            foreach (var values in model.Parameters)
                values.Gradient.Span.Clear();
            model.Parameters[1].Gradient.Span[17] = T.CreateTruncating(gradient);
            var before = Snapshot(model, optimizer);
            var exception = Assert.Throws<NonFiniteGradientException>(() => optimizer.Step());
            Assert.Equal(("p1", 17, scale), (exception.ParameterName, exception.Index, exception.Scale));
            Assert.Equal(1, exception.Value / gradient, 1e-6);
            Assert.Contains("once multiplied by", exception.Message, StringComparison.Ordinal);
            optimizer.NonFiniteGradients = NonFinitePolicy.Skip;
            Assert.Equal(StepOutcome.Skipped, optimizer.Step());
            Assert.Equal(before, Snapshot(model, optimizer));

            // Just as large as fits.
            model.Parameters[1].Gradient.Span[17] = T.CreateTruncating(gradient / 1e13);
            Assert.Equal(typeof(T) == typeof(float) ? StepOutcome.Stepped : StepOutcome.Skipped, optimizer.Step());
        }
    }

    [Fact]
    public void Large_doubles_are_clipped_like_any_other()
    {
        foreach (var (size, scale) in ((double, double)[])[(1e200, 1), (1e-200, 1), (1e300, 1e-150), (1.5e308, 1), (1e150, 1e150)])
        {
            foreach (var clipping in (GradientClipping[])[GradientClipping.ByGlobalNorm(size * scale / 2, epsilon: 0), GradientClipping.ByTensorNorm(size * scale / 2, epsilon: 0), GradientClipping.ByGlobalNorm(size * scale / 2, GradientNorm.Largest, epsilon: 0)])
            {
                double[] w = new double[600], g = new double[600];
                g[3] = size;
                var optimizer = new Optimizer<double> { Clipping = clipping, GradientScale = scale, MeasuresSteps = true, NonFiniteGradients = NonFinitePolicy.Throw };
                optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("w", w, g));
                optimizer.Step();
                Assert.Equal(-0.5, w[3] / (size * scale), 1e-12);
                var record = optimizer.LastStep!.Value;
                Assert.Equal(1, record.GradientNorm / (size * scale), 1e-12);
                Assert.Equal(0.5, record.UpdateNorm / (size * scale), 1e-12);
                Assert.Equal(0.5, record.WeightNorm / (size * scale), 1e-12);
            }
        }
    }

    [Fact]
    public void A_norm_beyond_all_numbers_still_clips()
    {
        double[] w = new double[10_000], g = new double[10_000];
        g.AsSpan().Fill(1e307);
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.ByGlobalNorm(1) };
        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("w", w, g));
        optimizer.Step();
        Assert.Equal(-0.01, w[5], 1e-9);
    }

    [Fact]
    public void Large_doubles_are_clipped_by_unit()
    {
        double[] w = new double[1200], g = new double[1200];
        w.AsSpan().Fill(1e180);
        g.AsSpan(0, 600).Fill(1e200);
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.Adaptive(0.5) };
        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("w", w, g, 2, 600));
        optimizer.Step();
        Assert.Equal(0.5e180, w[0], 1e168);
        Assert.Equal(1e180, w[600]);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Skip_leaves_the_whole_step_out_and_training_goes_on_as_if_it_had_not_been(double fault, string clipping)
    {
        var (model, optimizer) = Trained<float>(NonFinitePolicy.Skip, clipping);
        var (twin, twinOptimizer) = Trained<float>(NonFinitePolicy.Skip, clipping);
        var before = Snapshot(model, optimizer);
        model.Backward(4);
        model.Parameters[1].Gradient.Span[7] = (float)fault;
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        Assert.Equal(2, optimizer.SkippedSteps);
        Assert.Equal(before, Snapshot(model, optimizer));

        model.Train(optimizer, 2);
        twin.Train(twinOptimizer, 2);
        Assert.Equal(Snapshot(twin, twinOptimizer), Snapshot(model, optimizer));
    }

    [Fact]
    public void Let_through_reaches_the_weights()
    {
        var (model, optimizer) = Trained<float>(NonFinitePolicy.LetThrough, "none");
        model.Parameters[2].Gradient.Span[1] = float.NaN;
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.True(float.IsNaN(model.Parameters[2].Value.Span[1]));
    }

    [Fact]
    public void A_frozen_parameter_is_not_asked()
    {
        var (model, optimizer) = Trained<float>(NonFinitePolicy.Throw, "none");
        optimizer.Freeze(name => name == "p2");
        model.Parameters[2].Gradient.Span[1] = float.NaN;
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
    }

    [Fact]
    public void Doubles_whose_squares_overflow_are_finite()
    {
        double[] w = [0];
        var optimizer = new Optimizer<double> { NonFiniteGradients = NonFinitePolicy.Throw, Clipping = GradientClipping.ByGlobalNorm(1) };
        optimizer.Add(new TestMomentum(), new Parameter<double>("w", w, new[] { 1e200 }));
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
    }

    [Fact]
    public void A_skipped_step_zeroes_the_gradients_where_steps_do()
    {
        var (model, optimizer) = Trained<float>(NonFinitePolicy.Skip, "none");
        optimizer.ZeroGradients = true;
        model.Parameters[2].Gradient.Span[1] = float.NaN;
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        Assert.All(model.Gradients, gradient => Assert.All(gradient, element => Assert.Equal(0, element)));
    }

    private static (Model<T> Model, Optimizer<T> Optimizer) Trained<T>(NonFinitePolicy policy, string clipping)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = new Model<T>(9, [("p0", [1]), ("p1", [40, 50]), ("p2", [3]), ("p3", [10, 5000])]);
        var optimizer = new Optimizer<T>
        {
            NonFiniteGradients = policy,
            MaxDegreeOfParallelism = 2,
            ParallelThreshold = 0,
            Clipping = clipping switch
            {
                "value" => GradientClipping.ByValue(1),
                "global" => GradientClipping.ByGlobalNorm(1),
                "largest" => GradientClipping.ByGlobalNorm(1, GradientNorm.Largest),
                "tensor" => GradientClipping.ByTensorNorm(1),
                "adaptive" => GradientClipping.Adaptive(),
                _ => GradientClipping.None,
            },
        };
        optimizer.Add((IUpdateRule<T>)(object)new TestTrustRatio(), model.Parameters);
        model.Train(optimizer, 3);
        return (model, optimizer);
    }

    private static (ulong Bits, long Steps, long ParameterSteps) Snapshot<T>(Model<T> model, Optimizer<T> optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var digest = new Digest();
        foreach (var parameter in model.Parameters)
        {
            digest.Add<T>(parameter.Value.Span);
            digest.Add(optimizer.State(parameter.Name, "m").Span);
            digest.Add<double>([optimizer.TensorState(parameter.Name, "s")]);
        }

        return (digest.Value, optimizer.StepCount, optimizer.StepsOf("p1"));
    }
}
