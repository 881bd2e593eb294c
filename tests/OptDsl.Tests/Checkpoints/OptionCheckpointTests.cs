using OptDsl.Checkpoints;
using OptDsl.Tests.Runtime;

namespace OptDsl.Tests.Checkpoints;

/// <summary>Checkpoints of rules whose states come and go with options.</summary>
public sealed class OptionCheckpointTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 0.5)]
    [InlineData(true, 0.5)]
    public void Saving_and_loading_in_between_changes_no_bit_of_what_follows(bool scaled, double momentum)
    {
        using var folder = new TemporaryFolder();
        var (straight, first) = Start(scaled, momentum);
        straight.Train(first, 3);
        first.Save(folder["c"]);
        straight.Train(first, 2);

        var (resumed, second) = Start(scaled, momentum, seed: 9);
        Assert.Empty(second.Load(folder["c"]).HyperChanges);
        Train(resumed, second, 2);
        Assert.Equal(straight.Values, resumed.Values);
        Assert.Equal(first.State("p0", "k").ToArray(), second.State("p0", "k").ToArray());
        Assert.Equal(first.State("p0", "v").ToArray(), second.State("p0", "v").ToArray());
    }

    [Theory]
    [InlineData(false, 0, true, 0.5)]
    [InlineData(true, 0.5, false, 0)]
    [InlineData(true, 0, false, 0.5)]
    public void Loading_with_other_options_is_switching_them_at_that_step(bool scaled, double momentum, bool laterScaled, double laterMomentum)
    {
        using var folder = new TemporaryFolder();
        var (straight, first) = Start(scaled, momentum);
        straight.Train(first, 3);
        first.Save(folder["c"]);
        var rule = (DeclaredOptions)first.Groups[0].Rule;
        (rule.Scaled, rule.Momentum) = (laterScaled, laterMomentum);
        straight.Train(first, 2);

        var (resumed, second) = Start(laterScaled, laterMomentum, seed: 9);
        Assert.NotEmpty(second.Load(folder["c"]).HyperChanges);
        Assert.Equal(scaled, !second.State("p0", "k").IsEmpty);
        Train(resumed, second, 2);
        Assert.Equal(straight.Values, resumed.Values);
        Assert.Equal(laterScaled, !second.State("p0", "k").IsEmpty);
    }

    [Fact]
    public void States_that_do_not_exist_are_not_saved()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = Start(scaled: false, momentum: 0);
        model.Train(optimizer, 1);
        optimizer.Save(folder["c"]);
        var names = SafetensorsFile.Read(folder["c"]).Header.EnumerateObject().Select(property => property.Name).Where(name => name[0] != '_');
        Assert.Equal(["parameter/p0", "parameter/p1", "state/p0/m", "state/p1/m"], names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("k, v, m", "never without")]
    [InlineData("k, v, q", "never without")]
    [InlineData("k", "lacks the tensor 'state/p0/v'")]
    [InlineData("", "lacks the tensor 'state/p0/k'")]
    public void What_is_said_to_be_absent_must_be(string absent, string message)
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = Start(scaled: false, momentum: 0);
        model.Train(optimizer, 1);
        var group = CheckpointFormat.Describe(optimizer.Groups[0], 1);
        var symbols = absent.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        var state = new SavedState(1, 0, 0, null, false, [], [], [group with { Parameters = [.. group.Parameters.Select(parameter => parameter with { Absent = symbols })] }]);
        using (var stream = File.Create(folder["c"]))
            CheckpointFormat.Layout(state, optimizer.Groups, []).Write(stream);

        var error = Assert.Throws<CheckpointException>(() => optimizer.Load(folder["c"]));
        Assert.Equal(CheckpointFault.Malformed, error.Fault);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PyTorch_states_are_taken_as_the_options_say()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(
            folder["t"], ("p0.step", [], new[] { 7L }), ("p0.exp_avg", [3], new float[] { 1, 2, 3 }), ("p0.exp_avg_sq", [3], new float[] { 4, 5, 6 }),
            ("p0.max_exp_avg_sq", [3], new float[] { 7, 8, 9 }));
        foreach (var amsgrad in (bool[])[false, true])
        {
            var optimizer = new Optimizer<float>();
            optimizer.Add(new OptDsl.Rules.AdamW { Amsgrad = amsgrad }, new Model<float>(1, 3).Parameters);
            optimizer.ImportTorchState(folder["t"]);
            Assert.Equal([4, 5, 6], optimizer.State("p0", "v").ToArray());
            Assert.Equal(amsgrad ? [7, 8, 9] : [], optimizer.State("p0", "u").ToArray());
            optimizer.Step();
        }
    }

    private static (Model<float> Model, Optimizer<float> Optimizer) Start(bool scaled, double momentum, int seed = 4)
    {
        var model = new Model<float>(seed, 5, 600);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new DeclaredOptions { Scaled = scaled, Momentum = momentum }, model.Parameters);
        return (model, optimizer);
    }

    /// <summary>Steps with the gradients that the model of the original run has.</summary>
    private static void Train(Model<float> model, Optimizer<float> optimizer, int steps)
    {
        var gradients = new Model<float>(4, 5, 600);
        for (var i = 0; i < steps; i++)
        {
            gradients.Backward(optimizer.StepCount + 1);
            for (var k = 0; k < model.Parameters.Length; k++)
                gradients.Parameters[k].Gradient.CopyTo(model.Parameters[k].Gradient);
            optimizer.Step();
        }
    }
}
