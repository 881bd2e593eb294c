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
