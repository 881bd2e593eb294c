using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

/// <summary>Gradients that move, come and go between steps.</summary>
public sealed class GradientTests
{
    [Fact]
    public void A_parameter_without_gradient_takes_no_part_in_the_step()
    {
        var (with, without) = (new Parameter<float>("with", new float[] { 1, 2 }, new float[] { 1, 1 }), new Parameter<float>("without", new float[] { 3 }));
        var optimizer = new Optimizer<float> { ZeroGradients = true, Clipping = GradientClipping.ByGlobalNorm(1), NonFiniteGradients = NonFinitePolicy.Throw, MeasuresSteps = true };
        optimizer.Add(new TestMomentum { LearningRate = 1, WeightDecay = 0.1 }, with, without);
        var average = optimizer.AddAverage(Averaging.Equal());
        Assert.Equal((true, false), (with.HasGradient, without.HasGradient));
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.Equal((1, 0, 1), (optimizer.StepsOf("with"), optimizer.StepsOf("without"), optimizer.StepCount));
        Assert.Equal([3f], without.Value.ToArray());
        Assert.True(optimizer.State("without", "v").IsEmpty);
        Assert.Equal([3f], average.Of("without").ToArray());

        without.Gradient = new float[] { 10 };
        optimizer.Step();
        Assert.Equal((2, 1), (optimizer.StepsOf("with"), optimizer.StepsOf("without")));
        Assert.NotEqual(3f, without.Value.Span[0]);
        Assert.Equal(0f, without.Gradient.Span[0]);

        with.Gradient = null;
        optimizer.Step();
        Assert.Equal((2, 2), (optimizer.StepsOf("with"), optimizer.StepsOf("without")));
    }

    [Fact]
    public void A_step_without_a_gradient_has_the_bits_of_a_step_in_which_the_parameter_is_frozen()
    {
        var results = new List<float[][]>();
        foreach (var byFreezing in (bool[])[false, true])
        {
            var model = new Model<float>(1, 5000, 40_000, 7);
            var optimizer = new Optimizer<float> { Clipping = GradientClipping.ByGlobalNorm(1), Lookahead = new Lookahead(2) };
            optimizer.Add(new DeclaredGroupStep(), model.Parameters);
            for (var step = 1; step <= 8; step++)
            {
                model.Backward(step);
                var resting = model.Parameters[step % 3];
                var gradient = resting.Gradient;
                if (byFreezing)
                    optimizer.Freeze(name => name == resting.Name);
                else
                    resting.Gradient = null;
                optimizer.Step();
                resting.Gradient = gradient;
                optimizer.Unfreeze(_ => true);
            }

            results.Add(model.Values);
        }

        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void Gradients_may_lie_elsewhere_at_every_step_without_allocating()
    {
        var model = new Model<float>(1, 300, 50_000);
        var moving = new Model<float>(1, 300, 50_000);
        var (optimizer, other) = (new Optimizer<float>(), new Optimizer<float>());
        optimizer.Add(new TestMomentum(), model.Parameters);
        other.Add(new TestMomentum(), moving.Parameters);
        float[][] buffers = [new float[50_300], new float[50_300]];
        for (var step = 1; step <= 6; step++)
        {
            model.Backward(step);
            Move(step);
            for (var i = 0; i < 2; i++)
                model.Parameters[i].Gradient.CopyTo(moving.Parameters[i].Gradient);
            optimizer.Step();
            other.Step();
        }

        Assert.Equal(model.Values, moving.Values);
        var least = long.MaxValue;
        for (var step = 7; step < 17; step++)
        {
            Move(step);
            var before = GC.GetAllocatedBytesForCurrentThread();
            other.Step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Move(int step)
        {
            moving.Parameters[0].Gradient = buffers[step % 2].AsMemory(0, 300);
            moving.Parameters[1].Gradient = buffers[step % 2].AsMemory(300);
        }
    }

    [Fact]
    public void A_gradient_that_moves_onto_other_memory_is_refused_until_it_is_elsewhere()
    {
        var model = new Model<float>(1, 10, 10);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        var (first, second) = (model.Parameters[0], model.Parameters[1]);
        Assert.Equal("Gradient", Assert.Throws<ArgumentException>(() => first.Gradient = new float[3]).ParamName);
        Assert.Equal("Gradient", Assert.Throws<ArgumentException>(() => first.Gradient = first.Value).ParamName);

        var before = model.Values;
        foreach (var place in (Memory<float>[])[second.Value, second.Gradient])
        {
            first.Gradient = place;
            for (var i = 0; i < 2; i++)
                Assert.Contains("overlaps the", Assert.Throws<ArgumentException>(() => optimizer.Step()).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, model.Values);
        first.Gradient = new float[10];
        optimizer.Step();
        Assert.Equal(1, optimizer.StepsOf("p0"));
    }

    [Fact]
    public void Gradients_may_be_exchanged()
    {
        var model = new Model<double>(1, 3, 3);
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        optimizer.Step();
        (model.Parameters[0].Gradient, model.Parameters[1].Gradient) = (model.Parameters[1].Gradient, model.Parameters[0].Gradient);
        optimizer.Step();
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void A_scalar_and_a_shape_of_64_bits_are_trained_like_any_other()
    {
        var scalar = new Parameter<float>("scale", new float[] { 1 }, new float[] { 2 }, []);
        var matrix = new Parameter<float>("weight", new float[6], new float[6], 2L, 3L);
        Assert.Equal((0, "scale []"), (scalar.Rank, scalar.ToString()));
        Assert.Equal([2, 3], matrix.Shape);
        Assert.Equal([6], new Parameter<float>("weight", new float[6], new float[6]).Shape);
        Assert.Contains(
            "dimension of 4294967296", Assert.Throws<ArgumentException>(() => new Parameter<float>("weight", new float[6], default, 6L, 1L << 32)).Message, StringComparison.Ordinal);
        Assert.Contains("[]", Assert.Throws<ArgumentException>(() => new Parameter<float>("weight", new float[6], default, [])).Message, StringComparison.Ordinal);
        foreach (var clipping in (GradientClipping[])[GradientClipping.ByGlobalNorm(10), GradientClipping.Adaptive(10)])
        {
            scalar.Value.Span[0] = 1;
            var optimizer = new Optimizer<float> { Clipping = clipping };
            optimizer.Add(new TestMomentum { LearningRate = 0.25 }, scalar, matrix);
            optimizer.Step();
            Assert.Equal(0.5f, scalar.Value.Span[0]);
        }
    }
}
