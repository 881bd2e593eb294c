using System.Globalization;
using OptDsl.Checkpoints;
using OptDsl.Rules;
using OptDsl.Schedules;
using OptDsl.Tests.Runtime;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Checkpoints;

/// <summary>What loading says of settings that are others than when the file was written.</summary>
public sealed class CheckpointReportTests
{
    [Fact]
    public void A_schedule_that_has_the_value_of_another_at_the_saved_step_is_another()
    {
        using var folder = new TemporaryFolder();
        Schedule[] schedules =
        [
            0.1, new Constant(), new Cosine(), new Cosine { Steps = 500 }, new ExponentialDecay(), ((Schedule)0.1).Then(100, 0.01), new MultiStepDecay { Milestones = [5] },
            new MultiStepDecay { Milestones = [6] },
        ];
        foreach (var saved in schedules)
        {
            var (model, optimizer) = With(saved);
            model.Train(optimizer, 1);
            optimizer.Save(folder["c"]);
            foreach (var current in schedules)
            {
                var info = With(current).Optimizer.Load(folder["c"]);
                if (ReferenceEquals(saved, current))
                {
                    Assert.Empty(info.HyperChanges);
                    continue;
                }

                var change = Assert.Single(info.HyperChanges);
                Assert.Equal(("p0", "LearningRate", 0.1, 0.1), (change.Parameter, change.Property, change.Saved, change.Current));
                Assert.Equal(saved == schedules[0] ? null : saved.ToString(), change.SavedSchedule);
                Assert.Equal(current == schedules[0] ? null : current.ToString(), change.CurrentSchedule);
                Assert.Equal($"LearningRate of 'p0' was {saved} and is {current}", change.ToString());
            }
        }
    }

    [Fact]
    public void Settings_of_the_optimizer_and_of_its_groups_are_reported()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = With(0.1);
        optimizer.Clipping = GradientClipping.ByGlobalNorm(1);
        model.Train(optimizer, 1);
        optimizer.Save(folder["c"]);
        Assert.Empty(With(0.1, GradientClipping.ByGlobalNorm(1)).Optimizer.Load(folder["c"]).SettingChanges);

        var (_, other) = With(0.1, GradientClipping.ByGlobalNorm(2));
        other.Groups[0].Clipping = GradientClipping.None;
        other.Groups[0].LearningRateFactor = 0.5;
        other.AccumulationSteps = 4;
        other.GradientScale = 2;
        other.LossScaler = new LossScaler();
        other.Lookahead = new Lookahead();
        other.AddAverage(Averaging.Equal(), "mean");
        var info = other.Load(folder["c"]);
        Assert.Equal(
            [
                (null, "AccumulationSteps", "1", "4"), (null, "GradientScale", "1", "2"),
                (null, "Clipping", "ByGlobalNorm(1, Euclidean, 1E-06)", "ByGlobalNorm(2, Euclidean, 1E-06)"),
                (null, "LossScaler", "none", "GrowthFactor = 2, BackoffFactor = 0.5, GrowthInterval = 2000, MinScale = 1, MaxScale = 4294967296"),
                (null, "Lookahead", "none", "Lookahead(5, 0.5)"), (null, "Average 'mean'", "none", "Equal() { From = 1, Every = 1 }"),
                ("p0", "Clipping", "none", "None"), ("p0", "LearningRateFactor", "1", "0.5"),
            ],
            info.SettingChanges.Select(change => (change.Parameter, change.Setting, change.Saved, change.Current)));
        Assert.Contains("LearningRateFactor of the group of 'p0' was 1 and is 0.5", info.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_group_that_a_saved_group_has_become_is_compared_and_culture_makes_no_difference()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(1, 3, 4, 5);
        var optimizer = new Optimizer<float> { Clipping = GradientClipping.ByValue(0.5) };
        optimizer.Add(new TestMomentum { LearningRate = new Cosine { Final = 0.001 } }, model.Parameters);
        model.Train(optimizer, 1);
        optimizer.Save(folder["c"]);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var other = new Optimizer<float> { Clipping = GradientClipping.ByValue(0.5) };
            var parameters = new Model<float>(1, 3, 4, 5).Parameters;
            other.Add(new TestMomentum { LearningRate = new Cosine { Final = 0.001 } }, parameters[0]);
            other.Add(new TestMomentum { LearningRate = new Cosine { Final = 0.001 }, Decay = 0.5 }, parameters[1..]);
            var info = other.Load(folder["c"]);
            Assert.Equal([("p1", "Decay")], info.HyperChanges.Select(change => (change.Parameter, change.Property)));
            Assert.Empty(info.SettingChanges);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void As_many_pending_gradients_as_a_step_has_now_are_refused(int accumulationSteps)
    {
        using var folder = new TemporaryFolder();
        var (saved, gradients) = Accumulating(4);
        for (var i = 0; i < 3; i++)
            saved.Step();
        saved.Save(folder["c"]);
        var (other, _) = Accumulating(accumulationSteps);
        var error = Assert.Throws<CheckpointException>(() => other.Load(folder["c"]));
        Assert.Equal(CheckpointFault.MissingSetting, error.Fault);
        Assert.Contains("gradients of 3 parts", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.PendingAccumulations);
        Assert.Throws<InvalidOperationException>(() => saved.AccumulationSteps = accumulationSteps);
        Assert.Equal(4, saved.AccumulationSteps);

        var lenient = other.Load(folder["c"], new CheckpointOptions { Strict = false });
        Assert.Equal((0, 1), (other.PendingAccumulations, lenient.LeftOut.Count));

        var (more, _) = Accumulating(5);
        Assert.Equal("AccumulationSteps", more.Load(folder["c"]).SettingChanges.Single().Setting);
        Assert.Equal(3, more.PendingAccumulations);
        Assert.NotEmpty(gradients);
    }

    [Fact]
    public void What_was_added_up_before_loading_is_gone()
    {
        using var folder = new TemporaryFolder();
        var (optimizer, gradient) = Accumulating(2);
        optimizer.Step();
        optimizer.Step();
        optimizer.Save(folder["whole"]);
        gradient[0] = 5;
        optimizer.Step();
        Assert.Equal(1, optimizer.PendingAccumulations);
        optimizer.Load(folder["whole"]);
        Assert.Equal((0, 0f), (optimizer.PendingAccumulations, gradient[0]));
    }

    [Fact]
    public void A_step_that_is_half_accumulated_knows_which_parameters_had_no_gradient()
    {
        using var folder = new TemporaryFolder();
        var (saved, _) = Accumulating(2);
        saved.Add(new TestMomentum(), new Parameter<float>("without", new float[1]));
        saved.Step();
        saved.Save(folder["c"]);

        var (other, _) = Accumulating(2);
        other.Add(new TestMomentum(), new Parameter<float>("without", new float[1], new float[] { 7 }));
        other.Load(folder["c"]);
        Assert.Equal(0, other.Parameters.Last().Gradient.Span[0]);
        other.Parameters.First().Gradient = null;
        Assert.Contains("set its Gradient", Assert.Throws<CheckpointException>(() => other.Load(folder["c"])).Message, StringComparison.Ordinal);
    }

    private static (Optimizer<float> Optimizer, float[] Gradient) Accumulating(int steps)
    {
        var gradient = new float[1];
        var optimizer = new Optimizer<float> { AccumulationSteps = steps };
        optimizer.Add(new TestMomentum(), new Parameter<float>("w", new float[1], gradient));
        return (optimizer, gradient);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plateau_goes_on_from_what_it_has_observed(bool ofTheGroup)
    {
        using var folder = new TemporaryFolder();
        static ReduceOnPlateau New() => new() { Initial = 0.1, Factor = 0.5, Patience = 1, Cooldown = 3 };
        (Model<float> Model, Optimizer<float> Optimizer) Start(ReduceOnPlateau plateau)
        {
            var start = With(ofTheGroup ? 1.0 : plateau);
            if (ofTheGroup)
                start.Optimizer.Groups[0].LearningRateSchedule = plateau;
            return start;
        }

        var (first, second) = (New(), New());
        var (model, optimizer) = Start(first);
        model.Train(optimizer, 1);
        foreach (var loss in (double[])[3, 2, 2, 2, 2])
            first.Observe(loss);
        optimizer.Save(folder["c"]);
        var resumed = Start(second).Optimizer;
        var info = resumed.Load(folder["c"]);
        Assert.Empty(info.HyperChanges);
        Assert.Empty(info.SettingChanges);
        Assert.Equal((0.5, 2, 0, 2), (second.Reduction, second.Best, second.BadObservations, second.CooldownLeft));
        Assert.Equal(0.05, resumed.Groups[0].LearningRate);
        for (var epoch = 0; epoch < 6; epoch++)
            Assert.Equal(first.Observe(2), second.Observe(2));
    }

    [Fact]
    public void A_plateau_whose_place_another_schedule_has_is_reported_and_does_no_harm()
    {
        using var folder = new TemporaryFolder();
        var plateau = new ReduceOnPlateau { Initial = 0.1, Patience = 0 };
        var (model, optimizer) = With(plateau);
        model.Train(optimizer, 1);
        plateau.Observe(1);
        plateau.Observe(1);
        optimizer.Save(folder["c"]);
        Assert.Equal("LearningRate", Assert.Single(With(0.1).Optimizer.Load(folder["c"]).HyperChanges).Property);
    }

    [Fact]
    public void Limits_that_are_others_are_reported()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = With(0.1);
        model.Parameters[0].Lower = new float[model.Parameters[0].Length];
        model.Train(optimizer, 1);
        optimizer.Save(folder["c"]);
        Assert.Empty(optimizer.Load(folder["c"]).SettingChanges);

        var (_, without) = With(0.1);
        var change = Assert.Single(without.Load(folder["c"]).SettingChanges);
        Assert.Equal(("p0", "Limits", "none"), (change.Parameter, change.Setting, change.Current));
        var (other, limited) = With(0.1);
        var limits = new float[other.Parameters[0].Length];
        limits.AsSpan().Fill(-1);
        other.Parameters[0].Lower = limits;
        change = Assert.Single(limited.Load(folder["c"]).SettingChanges);
        Assert.NotEqual(change.Saved, change.Current);
        Assert.Contains("Lower", change.ToString(), StringComparison.Ordinal);
    }

    private static (Model<float> Model, Optimizer<float> Optimizer) With(Schedule schedule, GradientClipping? clipping = null)
    {
        var model = new Model<float>(1, 3);
        var optimizer = new Optimizer<float> { Clipping = clipping ?? GradientClipping.None };
        optimizer.Add(new AdamW { LearningRate = schedule }, model.Parameters);
        return (model, optimizer);
    }
}
