using OptDsl.Rules;
using OptDsl.Schedules;

namespace OptDsl.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void A_number_is_a_constant_schedule()
    {
        Schedule schedule = 0.25;
        Assert.Equal([0.25, 0.25], schedule.ToArray(2));
    }

    [Fact]
    public void The_first_value_of_the_array_is_step_one() =>
        Assert.Equal([1, 0.5, 0.25], new ExponentialDecay { Initial = 1, Factor = 0.5 }.ToArray(3));

    [Fact]
    public void What_follows_counts_its_own_steps() =>
        Assert.Equal([3, 3, 1, 0.5], new Constant { Value = 3 }.Then(2, new ExponentialDecay { Initial = 1, Factor = 0.5 }).ToArray(4));

    [Fact]
    public void Three_phases_mirror_the_way_up()
    {
        var cycle = new OneCycle { Peak = 1, InitialDivisor = 10, FinalDivisor = 100, Steps = 100, WarmUpShare = 0.25, ThreePhase = true, Linear = true };
        Assert.Equal(0.1, cycle.At(1), 12);
        Assert.Equal(1, cycle.At(25), 12);
        Assert.Equal(0.1, cycle.At(49), 12);
        Assert.Equal(0.001, cycle.At(100), 12);
        Assert.Equal(cycle.At(10), cycle.At(40), 12);
        Assert.Equal(cycle.At(100), cycle.At(1000));
    }

    [Fact]
    public void A_warm_up_of_no_steps_is_none() =>
        Assert.Equal(0.1, new WarmUpCosine { Peak = 0.1, WarmUpSteps = 0, Steps = 10 }.At(1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1.5)]
    public void Every_restart_is_at_the_peak(double growth)
    {
        var schedule = new CosineWarmRestarts { Initial = 1, Steps = 8, Growth = growth };
        var start = 0.0;
        for (var period = 0; period < 8; period++)
        {
            if (start == Math.Floor(start))
                Assert.Equal(1, schedule.At((long)start + 1), 9);
            start += 8 * Math.Pow(growth, period);
        }
    }

    [Fact]
    public void Steps_start_at_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine().At(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine().ToArray(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine().Then(-1, 0.1));
        Assert.Throws<ArgumentNullException>(() => new Cosine().Then(1, null!));
    }

    [Fact]
    public void An_illegal_hyper_parameter_is_named()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine { Steps = 0 }.At(1));
        Assert.Equal("Steps", exception.ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine { Initial = double.NaN }.At(1));
        Assert.Throws<ArgumentOutOfRangeException>("Milestones", () => new MultiStepDecay { Milestones = [3, -1] });
        Assert.Throws<ArgumentNullException>("Milestones", () => new MultiStepDecay { Milestones = null! });
        Assert.Throws<ArgumentOutOfRangeException>("Factor", () => new MultiStepDecay { Factor = -1 });
    }

    public static TheoryData<Schedule, string, string> Contradictions => new()
    {
        { new WarmUpCosine { WarmUpSteps = 100, Steps = 100 }, "Steps", "more than WarmUpSteps, 100" },
        { new WarmUpCosine { WarmUpSteps = 100, Steps = 50 }, "Steps", "more than WarmUpSteps, 100" },
        { new OneCycle { Steps = 2, WarmUpShare = 0.5 }, "WarmUpShare", "the way up would take 1 steps" },
        { new OneCycle { WarmUpShare = 0 }, "WarmUpShare", "the way up would take 0 steps" },
        { new OneCycle { Steps = 100, WarmUpShare = 0.6, ThreePhase = true }, "WarmUpShare", "no step for the third phase" },
        { new OneCycle { InitialDivisor = 0 }, "InitialDivisor", "must be at least" },
        { new OneCycle { FinalDivisor = 0 }, "FinalDivisor", "must be at least" },
        { new Cosine { Steps = 0 }, "Steps", "must be at least 1" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Settings_that_contradict_each_other_are_refused_and_a_step_says_where(Schedule schedule, string property, string reason)
    {
        foreach (var step in (long[])[1, 50, 1_000_000])
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(property, () => schedule.At(step));
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        }

        var optimizer = new Optimizer<float>();
        optimizer.Add(new Sgd(), new Parameter<float>("body", new float[1], new float[1]));
        var (head, norm) = (new Parameter<float>("head", new float[] { 1 }, new float[] { 1 }), new Parameter<float>("norm", new float[1], new float[1]));
        optimizer.Add(new AdamW { LearningRate = schedule }, head, norm);
        var refused = Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => optimizer.Step());
        foreach (var part in (string[])["AdamW", "'head' and 1 more", "step 1", "LearningRate", schedule.GetType().Name, reason])
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.Equal((1f, 0), (head.Value.Span[0], optimizer.StepCount));
    }

    [Fact]
    public void No_schedule_of_the_library_is_ever_NaN_within_its_limits()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
        {
            var (few, more) = (random.Next(1, 6), random.Next(1, 200));
            Schedule[] schedules =
            [
                new WarmUpCosine { WarmUpSteps = few - 1, Steps = few + more - 1 }, new OneCycle { Steps = few + 1 + more, WarmUpShare = 1.5 / (few + 1 + more) },
                new Cosine { Steps = few }, new CosineWarmRestarts { Steps = few, Growth = 1 + (random.NextDouble() * (trial % 2)) },
                new Cyclic { StepsUp = few, StepsDown = more }, new LinearWarmUp { Steps = few }, new InverseSquareRoot { WarmUpSteps = few },
                new PolynomialDecay { Steps = few, Power = trial % 3, Final = 0.01 }, new StepDecay { Steps = few }, new ExponentialDecay(),
                new MultiStepDecay { Milestones = [more, few] }, new Constant { Steps = few, Factor = 0.5 },
            ];
            foreach (var schedule in schedules)
            {
                foreach (var step in (long[])[1, few, few + 1, few + more, few + more + 1, 1_000_000_000])
                    Assert.True(double.IsFinite(schedule.At(step)), $"{schedule} at {step}");
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void A_learning_rate_that_is_no_number_of_the_elements_is_refused(double rate)
    {
        float[] w = [1];
        var optimizer = new Optimizer<float>();
        optimizer.Add(new Sgd { LearningRate = rate }, new Parameter<float>("w", w, new float[] { 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => optimizer.Step());
        Assert.Equal((1f, 0), (w[0], optimizer.StepCount));

        var doubles = new Optimizer<double>();
        doubles.Add(new Sgd { LearningRate = rate }, new Parameter<double>("w", new double[1], new double[1]));
        if (double.IsFinite(rate))
            doubles.Step();
        else
            Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => doubles.Step());
    }

    [Fact]
    public void A_schedule_that_grows_beyond_all_numbers_is_refused_at_the_step_at_which_it_does()
    {
        float[] w = [1];
        var optimizer = new Optimizer<float>();
        optimizer.Add(new Sgd { LearningRate = new ExponentialDecay { Initial = 1, Factor = 1e25 } }, new Parameter<float>("w", w, new float[1]));
        optimizer.Step();
        optimizer.Step();
        Assert.Contains("step 3", Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => optimizer.Step()).Message, StringComparison.Ordinal);
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void Schedules_show_their_settings()
    {
        Assert.Equal("Cosine { Initial = 0.1, Final = 0.001, Steps = 50 }", new Cosine { Steps = 50, Final = 0.001 }.ToString());
        Assert.Equal("MultiStepDecay { Initial = 0.1, Factor = 0.1, Milestones = [10, 30] }", new MultiStepDecay { Milestones = [30, 10] }.ToString());
        Assert.Equal("0.5", ((Schedule)0.5).ToString());
        Assert.Equal("0.5 for 3 steps, then 0.1", ((Schedule)0.5).Then(3, 0.1).ToString());
    }
}
