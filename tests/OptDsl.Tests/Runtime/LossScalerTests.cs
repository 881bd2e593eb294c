using OptDsl.Tests.Checkpoints;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class LossScalerTests
{
    [Fact]
    public void The_step_takes_the_scale_off_the_gradients()
    {
        var (plain, scaled) = (new Model<double>(1, 100), new Model<double>(1, 100));
        var one = new Optimizer<double>();
        var other = new Optimizer<double> { LossScaler = new LossScaler(1024, growthInterval: 2) };
        one.Add(new TestMomentum(), plain.Parameters);
        other.Add(new TestMomentum(), scaled.Parameters);
        for (var step = 1; step <= 5; step++)
        {
            plain.Backward(step);
            scaled.Backward(step);
            foreach (ref var g in scaled.Parameters[0].Gradient.Span)
                g *= other.LossScaler.Scale;
            one.Step();
            other.Step();
        }

        Assert.Equal(plain.Values, scaled.Values);
        Assert.Equal(4096, other.LossScaler.Scale);
    }

    [Fact]
    public void The_scale_grows_after_a_run_of_finite_steps_and_backs_off_after_an_overflow()
    {
        float[] w = [1], g = [1];
        var scaler = new LossScaler(16, growthFactor: 4, backoffFactor: 0.25, growthInterval: 3, maxScale: 100);
        var optimizer = new Optimizer<float> { LossScaler = scaler };
        optimizer.Add(new TestMomentum(), new Parameter<float>("w", w, g));
        double[] scales = [.. Enumerable.Range(0, 7).Select(_ => { optimizer.Step(); return scaler.Scale; })];
        Assert.Equal([16, 16, 64, 64, 64, 100, 100], scales);

        var before = w[0];
        g[0] = float.PositiveInfinity;
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        Assert.Equal((25, 0, before, 7, 1), (scaler.Scale, scaler.FiniteSteps, w[0], optimizer.StepCount, optimizer.SkippedSteps));
        for (var i = 0; i < 9; i++)
            optimizer.Step();
        Assert.Equal(1, scaler.Scale);

        g[0] = 1;
        optimizer.Step();
        optimizer.Step();
        g[0] = float.NaN;
        optimizer.Step();
        Assert.Equal(0, scaler.FiniteSteps);
    }

    [Fact]
    public void A_scale_grows_though_it_was_saved_after_more_finite_steps_than_the_interval_has_now()
    {
        using var folder = new TemporaryFolder();
        var saved = With(growthInterval: 10);
        for (var i = 0; i < 7; i++)
            saved.Step();
        saved.Save(folder["c"]);
        var loaded = With(growthInterval: 3);
        loaded.Load(folder["c"]);
        Assert.Equal((16, 7), (loaded.LossScaler!.Scale, loaded.LossScaler.FiniteSteps));
        loaded.Step();
        Assert.Equal((32, 0), (loaded.LossScaler.Scale, loaded.LossScaler.FiniteSteps));

        static Optimizer<float> With(int growthInterval)
        {
            var optimizer = new Optimizer<float> { LossScaler = new LossScaler(16, growthInterval: growthInterval) };
            optimizer.Add(new TestMomentum(), new Parameter<float>("w", new float[1], new float[1]));
            return optimizer;
        }
    }

    [Fact]
    public void At_the_smallest_scale_the_policy_to_throw_throws()
    {
        float[] g = [float.NaN];
        var optimizer = new Optimizer<float> { LossScaler = new LossScaler(2), NonFiniteGradients = NonFinitePolicy.Throw };
        optimizer.Add(new TestMomentum(), new Parameter<float>("w", new float[1], g));
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        Assert.Throws<NonFiniteGradientException>(() => optimizer.Step());
        Assert.Equal(1, optimizer.LossScaler.Scale);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("initialScale", () => new LossScaler(0.5));
        Assert.Throws<ArgumentOutOfRangeException>("initialScale", () => new LossScaler(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("growthFactor", () => new LossScaler(growthFactor: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("backoffFactor", () => new LossScaler(backoffFactor: 1));
        Assert.Throws<ArgumentOutOfRangeException>("growthInterval", () => new LossScaler(growthInterval: 0));
        Assert.Throws<ArgumentOutOfRangeException>("minScale", () => new LossScaler(minScale: 0));
        Assert.Throws<ArgumentOutOfRangeException>("maxScale", () => new LossScaler(maxScale: 0.5));
    }
}
