using OptDsl.Checkpoints;
using OptDsl.Rules;
using OptDsl.Schedules;
using OptDsl.Tests.Runtime;

namespace OptDsl.Tests.Checkpoints;

public sealed class CheckpointOptionsTests
{
    [Fact]
    public void Weights_alone_start_another_training_whatever_its_rule()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = Trained(new AdamW());
        optimizer.Save(folder["c"]);
        var (other, fresh) = Trained(new Sgd { Momentum = 0.9 }, seed: 7);
        fresh.Lookahead = new Lookahead();
        other.Train(fresh, 1);
        var (steps, state) = (fresh.StepCount, fresh.State("p0", "v").ToArray());
        Assert.Equal(3, fresh.Load(folder["c"], new CheckpointOptions { Parts = CheckpointParts.Weights }).Step);
        Assert.Equal(model.Values, other.Values);
        Assert.Equal((steps, steps), (fresh.StepCount, fresh.StepsOf("p0")));
        Assert.Equal(state, fresh.State("p0", "v").ToArray());
        for (var i = 0; i < 5; i++)
            fresh.Step();
    }

    [Fact]
    public void States_alone_leave_the_weights()
    {
        using var folder = new TemporaryFolder();
        var (_, optimizer) = Trained(new AdamW());
        optimizer.Save(folder["c"]);
        var (other, fresh) = Trained(new AdamW(), seed: 7);
        var weights = other.Values;
        fresh.Load(folder["c"], new CheckpointOptions { Parts = CheckpointParts.States });
        Assert.Equal(weights, other.Values);
        Assert.Equal(optimizer.State("p0", "m").ToArray(), fresh.State("p0", "m").ToArray());
        Assert.Equal(3, fresh.StepsOf("p0"));
    }

    [Fact]
    public void What_does_not_fit_is_left_out_on_request_and_reported()
    {
        using var folder = new TemporaryFolder();
        var saved = new Model<float>(1, ("body", [2, 3]), ("head", [3, 4]), ("gone", [2]), ("other", [5]));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new AdamW(), saved.Parameters[..3]);
        optimizer.Add(new Sgd { Momentum = 0.9 }, saved.Parameters[3]);
        optimizer.AddAverage(Averaging.Equal(), "mean");
        saved.Train(optimizer, 2);
        optimizer.Save(folder["c"]);

        var model = new Model<float>(2, ("body", [2, 3]), ("head", [3, 5]), ("new", [2]), ("other", [5]));
        var tuned = new Optimizer<float>();
        tuned.Add(new AdamW(), model.Parameters);
        var before = model.Values;
        Assert.Throws<CheckpointException>(() => tuned.Load(folder["c"]));
        Assert.Equal(before, model.Values);

        var info = tuned.Load(folder["c"], new CheckpointOptions { Strict = false });
        Assert.Equal(saved.Values[0], model.Values[0]);
        Assert.Equal(before[1], model.Values[1]);
        Assert.Equal(before[2], model.Values[2]);
        Assert.Equal(saved.Values[3], model.Values[3]);
        Assert.Equal((2, 0, 0, 0), (tuned.StepsOf("body"), tuned.StepsOf("head"), tuned.StepsOf("new"), tuned.StepsOf("other")));
        Assert.Equal(optimizer.State("body", "m").ToArray(), tuned.State("body", "m").ToArray());
        foreach (var reason in (string[])["'mean'", "'new'", "'gone'", "'head' was saved with the shape [3 × 4]", "'other' was updated by Sgd and is now by AdamW"])
            Assert.Contains(info.LeftOut, line => line.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(5, info.LeftOut.Count);
        model.Train(tuned, 1);
    }

    [Fact]
    public void A_damaged_file_is_refused_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var (_, optimizer) = Trained(new AdamW());
        optimizer.Save(folder["c"]);
        var bytes = File.ReadAllBytes(folder["c"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder["c"], bytes);
        foreach (var parts in (CheckpointParts[])[CheckpointParts.Weights, CheckpointParts.States, CheckpointParts.All])
            Assert.Equal(CheckpointFault.Altered, Assert.Throws<CheckpointException>(() => optimizer.Load(folder["c"], new CheckpointOptions { Strict = false, Parts = parts })).Fault);
    }

    [Fact]
    public void Hyper_parameters_are_restored_on_request()
    {
        using var folder = new TemporaryFolder();
        var (_, optimizer) = Trained(new AdamW { LearningRate = 0.02, WeightDecay = 0.25, Amsgrad = true });
        optimizer.Save(folder["c"]);
        var rule = new AdamW { LearningRate = new Cosine(), Beta1 = 0.8 };
        var (_, other) = Trained(rule);
        var info = other.Load(folder["c"], new CheckpointOptions { RestoresHypers = true });
        Assert.Equal((0.02, 0.9, 0.25, true), (rule.LearningRate.At(9), rule.Beta1, rule.WeightDecay, rule.Amsgrad));
        Assert.Equal(["LearningRate", "Beta1", "WeightDecay", "Amsgrad"], info.HyperChanges.Select(change => change.Property));
        Assert.All(info.HyperChanges, change => Assert.True(change.IsRestored));
        Assert.Empty(other.Load(folder["c"]).HyperChanges);

        var (_, scheduled) = Trained(new AdamW { LearningRate = new Cosine() });
        scheduled.Save(folder["s"]);
        var change = Assert.Single(other.Load(folder["s"], new CheckpointOptions { RestoresHypers = true }).HyperChanges, change => change.Property == "LearningRate");
        Assert.Equal((false, 0.02), (change.IsRestored, rule.LearningRate.At(1)));
    }

    [Fact]
    public void Rates_of_groups_are_restored_on_request()
    {
        using var folder = new TemporaryFolder();
        var (_, optimizer) = Trained(new AdamW());
        (optimizer.Groups[0].LearningRate, optimizer.Groups[0].LearningRateFactor) = (0.25, 0.5);
        optimizer.Clipping = GradientClipping.ByValue(1);
        optimizer.Save(folder["c"]);
        var (_, other) = Trained(new AdamW());
        Assert.Equal(["Clipping", "LearningRateSchedule", "LearningRateFactor"], other.Load(folder["c"]).SettingChanges.Select(change => change.Setting));
        Assert.Equal(0.001, other.Groups[0].LearningRate);
        var info = other.Load(folder["c"], new CheckpointOptions { RestoresHypers = true });
        Assert.Equal([false, true, true], info.SettingChanges.Select(change => change.IsRestored));
        Assert.Equal((0.125, 0.5), (other.Groups[0].LearningRate, other.Groups[0].LearningRateFactor));
        Assert.Equal(["Clipping"], other.Load(folder["c"]).SettingChanges.Select(change => change.Setting));

        var (_, plain) = Trained(new AdamW());
        plain.Save(folder["plain"]);
        other.Load(folder["plain"], new CheckpointOptions { RestoresHypers = true });
        Assert.Equal((0.001, true), (other.Groups[0].LearningRate, other.Groups[0].LearningRateSchedule is null));
    }

    private static (Model<float> Model, Optimizer<float> Optimizer) Trained(IUpdateRule<float> rule, int seed = 1)
    {
        var model = new Model<float>(seed, 5, 7);
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 3);
        return (model, optimizer);
    }
}
