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
        var cycle = new OneCycle { Peak = 1, StartDivisor = 10, FinalDivisor = 100, TotalSteps = 100, PeakAt = 0.25, ThreePhase = true, Linear = true };
        Assert.Equal(0.1, cycle.At(1), 12);
        Assert.Equal(1, cycle.At(25), 12);
        Assert.Equal(0.1, cycle.At(49), 12);
        Assert.Equal(0.001, cycle.At(100), 12);
        Assert.Equal(cycle.At(10), cycle.At(40), 12);
        Assert.Equal(cycle.At(100), cycle.At(1000));
    }

    [Fact]
    public void A_warm_up_of_no_steps_is_none() =>
        Assert.Equal(0.1, new WarmUpCosine { Peak = 0.1, WarmUpSteps = 0, TotalSteps = 10 }.At(1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1.5)]
    public void Every_restart_is_at_the_peak(double growth)
    {
        var schedule = new CosineWarmRestarts { Initial = 1, FirstPeriod = 8, Growth = growth };
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
    }
}
