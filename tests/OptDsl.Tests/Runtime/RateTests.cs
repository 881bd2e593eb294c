using OptDsl.Rules;
using OptDsl.Schedules;
using OptDsl.Tests.Checkpoints;

namespace OptDsl.Tests.Runtime;

/// <summary>Learning rates: read, set, multiplied, reduced, and which steps their schedules count.</summary>
public sealed class RateTests
{
    [Fact]
    public void A_group_tells_and_takes_the_rate_of_the_next_step()
    {
        double[] w = [0];
        var optimizer = new Optimizer<double>();
        var rule = new Sgd { LearningRate = new StepDecay { Initial = 1, Factor = 0.5, Steps = 1 } };
        var group = optimizer.Add(rule, new Parameter<double>("w", w, new double[] { 1 }));
        Assert.Equal(1, group.LearningRate);
        optimizer.Step();
        Assert.Equal((-1, 0.5), (w[0], group.LearningRate));
        group.LearningRateFactor = 0.5;
        Assert.Equal(0.25, group.LearningRate);
        optimizer.Step();
        Assert.Equal(-1.25, w[0]);
        group.LearningRate = 2;
        Assert.Equal((2, 1), (group.LearningRate, group.LearningRateFactor));
        optimizer.Step();
        Assert.Equal(-3.25, w[0]);
        group.LearningRateSchedule = null;
        Assert.Equal(0.125, group.LearningRate);

        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => group.LearningRate = -1);
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => group.LearningRate = double.PositiveInfinity);
        Assert.Throws<ArgumentOutOfRangeException>("LearningRateFactor", () => group.LearningRateFactor = double.NaN);
        var without = new Optimizer<float>().Add(new DeclaredPlain(), new Parameter<float>("w", new float[1], new float[1]));
        Assert.Contains("has no learning rate", Assert.Throws<InvalidOperationException>(() => without.LearningRate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_rule_serves_groups_with_rates_of_their_own()
    {
        var (body, head) = (new Parameter<double>("body", new double[1], new double[] { 1 }), new Parameter<double>("head", new double[1], new double[] { 1 }));
        var optimizer = new Optimizer<double>();
        var groups = optimizer.AddGroups(new Sgd { LearningRate = 0.5 }, ([body], 0.25), ([head], 1));
        optimizer.Step();
        Assert.Equal((-0.125, -0.5), (body.Value.Span[0], head.Value.Span[0]));
        Assert.Equal([0.125, 0.5], groups.Select(group => group.LearningRate));

        var other = new Parameter<double>("other", new double[1]);
        Assert.Throws<ArgumentException>("parameters", () => optimizer.AddGroups(new Sgd(), ([other], 1), ([body], 1)));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRateFactor", () => optimizer.AddGroups(new Sgd(), ([other], -1)));
        Assert.Equal(["body", "head"], optimizer.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(2, optimizer.Groups.Count);
        optimizer.Add(new Sgd(), other);
    }

    [Fact]
    public void The_rate_of_a_group_counts_before_the_first_step_too()
    {
        var optimizer = new Optimizer<double>();
        var group = optimizer.Add(new Rprop(), new Parameter<double>("w", new double[1], new double[] { 1 }));
        group.LearningRate = 0.25;
        optimizer.Step();
        Assert.Equal([0.25], optimizer.State("w", "d").ToArray());
    }

    [Theory]
    [InlineData(ScheduleClock.Parameter, 0.1)]
    [InlineData(ScheduleClock.Optimizer, 0.5)]
    public void A_parameter_that_joins_late_has_its_own_rate_or_that_of_all(ScheduleClock clock, double rate)
    {
        using var folder = new TemporaryFolder();
        var (straight, weights) = Start();
        Run(straight, weights, 4);
        straight.Unfreeze(_ => true);
        Run(straight, weights, 1);
        Assert.Equal(-rate, weights[1][0], 1e-12);
        Assert.Equal(1, straight.StepsOf("late"));
        straight.Save(folder["c"]);
        Run(straight, weights, 3);

        var (resumed, others) = Start();
        Assert.Empty(resumed.Load(folder["c"]).SettingChanges);
        Assert.Equal(straight.Groups[0].LearningRate - 0.3, resumed.Groups[0].LearningRate, 1e-12);
        Run(resumed, others, 3);
        Assert.Equal(weights.Select(w => w[0]), others.Select(w => w[0]));

        (Optimizer<double>, double[][]) Start()
        {
            double[][] values = [[0], [0]];
            var optimizer = new Optimizer<double> { SchedulesFollow = clock };
            optimizer.Add(
                new Sgd { LearningRate = Schedule.From(t => 0.1 * t) }, new Parameter<double>("early", values[0], new double[] { 1 }), new Parameter<double>("late", values[1], new double[] { 1 }));
            optimizer.Freeze(name => name == "late");
            return (optimizer, values);
        }

        static void Run(Optimizer<double> optimizer, double[][] weights, int steps)
        {
            for (var i = 0; i < steps; i++)
                optimizer.Step();
            Assert.NotEmpty(weights);
        }
    }

    [Fact]
    public void A_function_is_a_schedule_and_is_known_by_its_text()
    {
        var schedule = Schedule.From(t => 0.5 / t);
        Assert.Equal((0.25, "From(t => 0.5 / t)"), (schedule.At(2), schedule.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(0));
        Assert.Throws<ArgumentNullException>(() => Schedule.From(null!));
        var constant = new Constant { Value = 0.5 };
        double[] w = [0];
        var optimizer = new Optimizer<double>();
        optimizer.Add(new Sgd { LearningRate = constant }, new Parameter<double>("w", w, new double[] { 1 }));
        optimizer.Step();
        constant.Value = 0.25;
        optimizer.Step();
        Assert.Equal(-0.75, w[0]);
    }

    [Fact]
    public void A_plateau_reduces_the_rate_as_PyTorch_does()
    {
        // torch.optim.lr_scheduler.ReduceLROnPlateau(factor=0.5, patience=2, cooldown=1, min_lr=0.2), by hand.
        var plateau = new ReduceOnPlateau { Initial = 1, Factor = 0.5, Patience = 2, Cooldown = 1, Final = 0.2 };
        double[] losses = [1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.5, double.NaN, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6];
        double[] rates = [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2, 0.2];
        Assert.Equal(rates, losses.Select(loss =>
        {
            plateau.Observe(loss);
            return plateau.At(1);
        }));
        Assert.Equal(0.5, plateau.Best);

        var growing = new ReduceOnPlateau { Initial = 1, Patience = 0, Maximize = true };
        Assert.Equal([false, false, true], ((double[])[0.1, 0.2, 0.2]).Select(growing.Observe));
        Assert.Equal(0.1, growing.At(5));
        Assert.Throws<ArgumentOutOfRangeException>("Factor", () => new ReduceOnPlateau { Factor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("Patience", () => new ReduceOnPlateau { Patience = -1 });
        Assert.Throws<ArgumentNullException>("Initial", () => new ReduceOnPlateau { Initial = null! });
        Assert.StartsWith("ReduceOnPlateau { Initial = 1, Final = 0, Factor = 0.1,", growing.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_finder_finds_where_the_loss_falls_fastest_and_leaves_the_optimizer_as_it_was()
    {
        double[] w = [3, -2], g = new double[2];
        var optimizer = new Optimizer<double> { LossScaler = new LossScaler(2, growthInterval: 3), Lookahead = new Lookahead(2) };
        var group = optimizer.Add(new Momentum { LearningRate = 0.01 }, new Parameter<double>("w", w, g));
        var average = optimizer.AddAverage(Averaging.Equal());
        for (var i = 0; i < 5; i++)
        {
            Backward();
            optimizer.Step();
        }

        using var folder = new TemporaryFolder();
        optimizer.Save(folder["before"]);
        var curve = RateFinder.Run(optimizer, Backward, 1e-5, 10, 60);
        optimizer.Save(folder["after"]);
        Assert.Equal(File.ReadAllBytes(folder["before"]), File.ReadAllBytes(folder["after"]));
        Assert.Equal((0.01, 5, 5), (group.LearningRate, optimizer.StepCount, average.Updates));
        Assert.InRange(curve.Suggestion, 1e-3, 1);
        Assert.InRange(curve.Points.Count, 10, 60);
        Assert.Equal(1e-5, curve.Points[0].Rate);
        Assert.Contains("steps", curve.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("to", () => RateFinder.Run(optimizer, Backward, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("from", () => RateFinder.Run(optimizer, Backward, 0));
        Assert.Throws<DivideByZeroException>(() => RateFinder.Run(optimizer, () => throw new DivideByZeroException()));
        Assert.Null(group.LearningRateSchedule);

        double Backward()
        {
            var scale = optimizer.LossScaler!.Scale;
            (g[0], g[1]) = (scale * w[0], scale * 4 * w[1]);
            return (0.5 * w[0] * w[0]) + (2 * w[1] * w[1]);
        }
    }

    [Fact]
    public void Library_rules_are_copied_with_other_settings()
    {
        var rule = new AdamW { LearningRate = new Cosine(), Beta1 = 0.8 };
        var copy = rule with { WeightDecay = 0 };
        Assert.Equal((0.8, 0.0, 0.01), (copy.Beta1, copy.WeightDecay, rule.WeightDecay));
        Assert.Same(rule.LearningRate, copy.LearningRate);
        Assert.Contains("WeightDecay = 0", copy.ToString(), StringComparison.Ordinal);
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, new Parameter<float>("w", new float[6], new float[6], 2, 3), new Parameter<float>("b", new float[3], new float[3])).Except(p => p.Rank < 2, rule with { WeightDecay = 0 });
        optimizer.Step();
    }
}
