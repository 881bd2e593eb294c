using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class OptimizerStepTests
{
    [Fact]
    public void Step_updates_the_parameters_by_their_rule()
    {
        float[] w = [1, 2, 3];
        float[] g = [0.5f, -0.5f, 1];
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum { LearningRate = 0.5, Decay = 0.5 }, new Parameter<float>("w", w, g));

        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.Equal([0.75f, 2.25f, 2.5f], w);

        optimizer.Step();
        Assert.Equal([0.375f, 2.625f, 1.75f], w);
        Assert.Equal([0.75f, -0.75f, 1.5f], optimizer.State("w", "v").ToArray());
        Assert.Equal(2, optimizer.StepCount);
        Assert.Equal([0.5f, -0.5f, 1], g);
    }

    [Fact]
    public void Groups_have_rules_of_their_own()
    {
        double[] a = [1], b = [1];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = 0.5 }, new Parameter<double>("a", a, new[] { 1.0 }));
        optimizer.Add(new TestMomentum { LearningRate = 0.25 }, new Parameter<double>("b", b, new[] { 1.0 }));
        optimizer.Step();
        Assert.Equal([0.5, 0.75], [a[0], b[0]]);
        Assert.Equal(["a", "b"], optimizer.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_hyper_parameter_out_of_range_in_any_group_changes_nothing()
    {
        var model = new Model<float>(1, 10, 10);
        var rule = new TestMomentum();
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters[0]);
        optimizer.Add(rule, model.Parameters[1]);
        model.Train(optimizer, 2);
        var before = model.Values;
        var states = optimizer.State("p0", "v").ToArray();

        rule.Decay = 1.5;
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step());
        Assert.Equal("Decay", exception.ParamName);
        Assert.Equal(before, model.Values);
        Assert.Equal(states, optimizer.State("p0", "v").ToArray());
        Assert.Equal(2, optimizer.StepCount);

        rule.Decay = double.NaN;
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step());
        rule.Decay = 0.9;
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
    }

    [Fact]
    public void A_schedule_counts_from_step_1()
    {
        var model = new Model<double>(2, 1);
        var seen = new List<long>();
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = new RecordingSchedule(seen) }, model.Parameters);
        model.Train(optimizer, 3);
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void States_start_from_the_value_before_the_first_step_and_not_from_that_when_added()
    {
        var model = new Model<double>(3, 4);
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestTrustRatio { LearningRate = 0 }, model.Parameters);
        Assert.True(optimizer.State("p0", "m").IsEmpty);
        Assert.True(double.IsNaN(optimizer.TensorState("p0", "s")));

        model.Parameters[0].Value.Span.Fill(10);
        optimizer.Step();
        Assert.Equal([9, 9, 9, 9], optimizer.State("p0", "m").ToArray());
        Assert.Equal(0.375, optimizer.TensorState("p0", "s"), 6);
    }

    [Fact]
    public void State_memory_is_aligned_to_64_bytes()
    {
        foreach (var length in (int[])[1, 15, 16, 17, 1024, 5000])
        {
            var model = new Model<float>(4, length);
            var optimizer = new Optimizer<float>();
            optimizer.Add(new TestMomentum(), model.Parameters);
            optimizer.Step();
            Assert.Equal(0, AddressOf(optimizer.State("p0", "v")) % 64);
        }
    }

    [Fact]
    public void Step_without_parameters_only_counts()
    {
        var optimizer = new Optimizer<float>();
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Element_types_other_than_float_and_double_are_refused() =>
        Assert.Throws<NotSupportedException>(() => new Optimizer<int>());

    [Fact]
    public void A_rule_that_throws_on_another_thread_throws_from_Step()
    {
        var model = new Model<float>(5, 5000, 5000, 5000, 5000);
        var optimizer = new Optimizer<float> { ParallelThreshold = 0, ChunkLength = 512, MaxDegreeOfParallelism = 8 };
        optimizer.Add(new ThrowingRule(), model.Parameters);
        for (var i = 0; i < 20; i++)
            Assert.Equal("boom", Assert.Throws<InvalidTimeZoneException>(() => optimizer.Step()).Message);
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Two_threads_in_one_optimizer_are_refused()
    {
        var optimizer = new Optimizer<double>();
        var rule = new TestMomentum { LearningRate = new CallbackSchedule(() => Assert.Throws<InvalidOperationException>(() => optimizer.Step())) };
        optimizer.Add(rule, new Model<double>(6, 3).Parameters);
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.Equal(1, optimizer.StepCount);
    }

    private static unsafe nint AddressOf(ReadOnlyMemory<float> memory)
    {
        using var handle = memory.Pin();
        return (nint)handle.Pointer;
    }

    private sealed class RecordingSchedule(List<long> seen) : Schedule
    {
        public override double At(long step)
        {
            seen.Add(step);
            return 0.1;
        }
    }

    private sealed class CallbackSchedule(Action action) : Schedule
    {
        public override double At(long step)
        {
            action();
            return 0.1;
        }
    }

    private sealed class ThrowingRule : IUpdateRule<float>
    {
        private readonly TestMomentum _inner = new();

        public RuleDescription Description => _inner.Description;

        public double HyperAt(int index, RuleStep step) => _inner.HyperAt(index, step);

        public void BeginStep(RuleStep step, Span<double> scalars) => _inner.BeginStep(step, scalars);

        public void BeforePass(int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates)
        {
        }

        public double InitialTensorState(int state, RuleStep step) => 0;

        public void Initialize(int state, RuleStep step, ReadOnlySpan<float> parameter, Span<float> destination)
        {
        }

        public void RunPass(int pass, in PassSlice<float> slice) => throw new InvalidTimeZoneException("boom");
    }
}
