using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class FreezeTests
{
    [Fact]
    public void Frozen_parameters_stay_and_the_head_alone_is_tuned()
    {
        var model = new Model<float>(1, ("body.weight", [4, 5]), ("body.bias", [5]), ("head.weight", [5, 2]), ("head.bias", [2]));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        model.Train(optimizer, 2);
        var before = model.Values;
        var state = optimizer.State("body.weight", "v").ToArray();

        Assert.Equal(2, optimizer.Freeze(name => !name.StartsWith("head.", StringComparison.Ordinal)));
        model.Train(optimizer, 3);
        Assert.Equal(before[..2], model.Values[..2]);
        Assert.Equal(state, optimizer.State("body.weight", "v").ToArray());
        Assert.NotEqual(before[2], model.Values[2]);
        Assert.NotEqual(before[3], model.Values[3]);
        Assert.True(optimizer.IsFrozen("body.bias"));
        Assert.False(optimizer.IsFrozen("head.bias"));
        Assert.Equal((2, 5, 5), (optimizer.StepsOf("body.bias"), optimizer.StepsOf("head.bias"), optimizer.StepCount));

        Assert.Equal(4, optimizer.Unfreeze(_ => true));
        model.Train(optimizer, 1);
        Assert.NotEqual(before[0], model.Values[0]);
        Assert.Equal(3, optimizer.StepsOf("body.bias"));
    }

    [Fact]
    public void A_parameter_that_thaws_begins_with_its_own_step_1()
    {
        var steps = new List<long>();
        var model = new Model<double>(2, ("a", [3]), ("b", [3]));
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum { LearningRate = new Recorder(steps) }, model.Parameters);
        optimizer.Freeze(name => name == "b");
        model.Train(optimizer, 2);
        optimizer.Unfreeze(name => name == "b");
        model.Train(optimizer, 2);
        Assert.Equal([1, 2, 3, 1, 4, 2], steps);
    }

    [Fact]
    public void Freezing_for_a_while_changes_nothing_but_the_time()
    {
        var (straight, paused) = (new Model<float>(3, 7, 3000), new Model<float>(3, 7, 3000));
        var one = new Optimizer<float>();
        one.Add(new TestTrustRatio(), straight.Parameters);
        straight.Train(one, 5);

        var other = new Optimizer<float>();
        other.Add(new TestTrustRatio(), paused.Parameters);
        paused.Train(other, 2);
        other.Freeze(_ => true);
        other.Step();
        other.Unfreeze(_ => true);
        for (var step = 3; step <= 5; step++)
        {
            paused.Backward(step);
            other.Step();
        }

        Assert.Equal(straight.Values, paused.Values);
    }

    [Fact]
    public void Weight_decay_is_kept_off_biases_in_one_line()
    {
        var model = new Model<double>(4, ("fc.weight", [2, 3]), ("fc.bias", [3]), ("norm.scale", [3]));
        var optimizer = new Optimizer<double>();
        var rest = optimizer.Add(new TestMomentum { WeightDecay = 0.5 }, model.Parameters).Except(p => p.Rank < 2, new TestMomentum());
        Assert.Equal(["fc.bias", "norm.scale"], rest.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["fc.weight"], optimizer.Groups[0].Parameters.Select(parameter => parameter.Name));

        var before = model.Values;
        optimizer.Step();
        Assert.Equal(before[1..], model.Values[1..]);
        Assert.Equal(before[0].Select(w => w - (0.1 * (0.5 * w))), model.Values[0]);
    }

    [Fact]
    public void A_group_is_not_split_after_its_first_step()
    {
        var model = new Model<double>(5, ("w", [2, 3]), ("b", [3]));
        var optimizer = new Optimizer<double>();
        var group = optimizer.Add(new TestMomentum(), model.Parameters);
        model.Train(optimizer, 1);
        Assert.Contains("'b'", Assert.Throws<InvalidOperationException>(() => group.Except(p => p.Rank < 2, new TestTrustRatio())).Message, StringComparison.Ordinal);
        Assert.Equal(2, group.Parameters.Count);
        Assert.Single(optimizer.Groups);
    }

    [Fact]
    public void Unknown_names_and_states_are_named()
    {
        var optimizer = new Optimizer<double>();
        optimizer.Add(new TestMomentum(), new Model<double>(6, 3).Parameters);
        Assert.Contains("'x'", Assert.Throws<KeyNotFoundException>(() => optimizer.IsFrozen("x")).Message, StringComparison.Ordinal);
        Assert.Contains("it has 'v'", Assert.Throws<KeyNotFoundException>(() => optimizer.State("p0", "m").ToArray()).Message, StringComparison.Ordinal);
        Assert.Contains("it has none", Assert.Throws<KeyNotFoundException>(() => optimizer.TensorState("p0", "m")).Message, StringComparison.Ordinal);
    }

    private sealed class Recorder(List<long> steps) : Schedule
    {
        public override double At(long step)
        {
            steps.Add(step);
            return 0.1;
        }
    }
}
