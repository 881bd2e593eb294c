using OptDsl.Checkpoints;
using OptDsl.Tests.Runtime;

namespace OptDsl.Tests.Checkpoints;

/// <summary>Checkpoints of states that all tensors of a group share.</summary>
public sealed class GroupCheckpointTests
{
    private static readonly string[] s_symbols = ["s", "q", "c", "p"];

    [Fact]
    public void Saving_and_loading_in_between_changes_no_bit_of_what_follows()
    {
        using var folder = new TemporaryFolder();
        var (straight, first) = Start(6, 700, 20);
        first.Freeze(name => name == "p2");
        straight.Train(first, 3);
        first.Save(folder["c"]);
        first.Unfreeze(_ => true);
        straight.Train(first, 2);

        var (resumed, second) = Start(6, 700, 20);
        Assert.Empty(second.Load(folder["c"]).HyperChanges);
        second.Unfreeze(_ => true);
        resumed.Train(second, 2);
        Assert.Equal(straight.Values, resumed.Values);
        Assert.Equal(States(first, "p0"), States(second, "p2"));
        Assert.Equal((5, 5), (second.StepsOf("p0"), second.StepsOf("p2")));
    }

    [Fact]
    public void There_is_one_value_a_group_in_the_file_and_none_before_its_first_step()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(3, 4, 5, 6);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new DeclaredTrustRatio(), model.Parameters[0]);
        optimizer.Add(new DeclaredGroupStep(), model.Parameters[1]);
        optimizer.Add(new DeclaredGroupStep(), model.Parameters[2]);
        optimizer.Freeze(name => name == "p2");
        model.Train(optimizer, 2);
        optimizer.Save(folder["c"]);
        var file = SafetensorsFile.Read(folder["c"]);
        Assert.Equal(["group/1/c", "group/1/p", "group/1/q", "group/1/s"], Names(file.Header).Where(name => name.StartsWith("group/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal([optimizer.TensorState("p1", "q")], SafetensorsFile.Elements<double>(file, "group/1/q"));
        Assert.DoesNotContain("state/p1/q", Names(file.Header));
        Assert.Contains("state/p1/r", Names(file.Header));

        optimizer.Load(folder["c"]);
        Assert.Equal(2, optimizer.TensorState("p1", "c"));
        Assert.True(double.IsNaN(optimizer.TensorState("p2", "c")));
    }

    [Fact]
    public void Loading_an_earlier_checkpoint_takes_the_group_back()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = Start(6, 7);
        optimizer.Save(folder["0"]);
        model.Train(optimizer, 2);
        optimizer.Load(folder["0"]);
        Assert.True(double.IsNaN(optimizer.TensorState("p0", "c")));
        var (fresh, other) = Start(6, 7);
        model.Train(optimizer, 2);
        fresh.Train(other, 2);
        Assert.Equal(fresh.Values, model.Values);
    }

    [Fact]
    public void A_group_that_is_divided_goes_on_with_its_values_in_each_part()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = Start(6, 7);
        model.Train(optimizer, 3);
        optimizer.Save(folder["c"]);

        var parts = Apart(new Model<float>(3, 6, 7));
        parts.Load(folder["c"]);
        Assert.Equal(States(optimizer, "p0"), States(parts, "p0"));
        Assert.Equal(States(optimizer, "p0"), States(parts, "p1"));
    }

    [Fact]
    public void Groups_of_one_estimate_can_become_one_and_others_cannot()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(3, 6, 7);
        var parts = Apart(model);
        model.Train(parts, 2);
        parts.Save(folder["different"]);
        var (_, together) = Start(6, 7);
        var error = Assert.Throws<CheckpointException>(() => together.Load(folder["different"]));
        Assert.Equal(CheckpointFault.OtherGroups, error.Fault);
        Assert.Contains("'p0' and 'p1' were in groups with different values of s, q, c, p", error.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(together.TensorState("p0", "s")));
        Assert.Equal(0, together.StepCount);

        // Divided and saved before either part went on, they are still the same.
        var (whole, optimizer) = Start(6, 7);
        whole.Train(optimizer, 2);
        optimizer.Save(folder["whole"]);
        var divided = Apart(new Model<float>(3, 6, 7));
        divided.Load(folder["whole"]);
        divided.Save(folder["same"]);
        together.Load(folder["same"]);
        Assert.Equal(States(optimizer, "p0"), States(together, "p1"));
    }

    [Fact]
    public void A_group_takes_over_the_values_of_the_one_that_had_stepped()
    {
        using var folder = new TemporaryFolder();
        var model = new Model<float>(3, 6, 7);
        var parts = Apart(model);
        parts.Freeze(name => name == "p1");
        model.Train(parts, 2);
        parts.Save(folder["c"]);
        var (_, together) = Start(6, 7);
        together.Load(folder["c"]);
        Assert.Equal(States(parts, "p0"), States(together, "p1"));
    }

    [Fact]
    public void A_file_that_lacks_a_value_or_has_one_too_many_is_refused()
    {
        using var folder = new TemporaryFolder();
        var (model, optimizer) = Start(6, 7);
        model.Train(optimizer, 1);
        var group = CheckpointFormat.Describe(optimizer.Groups[0], 1);
        Write(steps: 1, withStates: false);
        Refused("lacks the tensor 'group/0/s'");
        Write(steps: 0, withStates: true);
        Refused("belongs to none of its parameters");

        void Refused(string message)
        {
            var error = Assert.Throws<CheckpointException>(() => optimizer.Load(folder["c"]));
            Assert.Equal(CheckpointFault.Malformed, error.Fault);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }

        void Write(long steps, bool withStates)
        {
            var states = optimizer.Groups[0].States;
            optimizer.Groups[0].States = withStates ? states : [];
            using (var stream = File.Create(folder["c"]))
                CheckpointFormat.Layout(new SavedState(1, 0, 0, null, false, [], [], [group with { Parameters = [.. group.Parameters.Select(parameter => parameter with { Steps = steps })] }]), optimizer.Groups, []).Write(stream);
            optimizer.Groups[0].States = states;
        }
    }

    [Fact]
    public void What_PyTorch_keeps_of_a_group_is_taken_over_from_its_parameters()
    {
        using var folder = new TemporaryFolder();
        (string, int[], Array)[] Tensors(float ofTheSecond) =>
        [
            .. new[] { ("p0", 0.25f), ("p1", ofTheSecond) }.SelectMany(pair => new (string, int[], Array)[]
            {
                ($"{pair.Item1}.step", [], new[] { 7L }), ($"{pair.Item1}.exp_avg", [3], new float[3]), ($"{pair.Item1}.exp_avg_sq", [3], new float[3]),
                ($"{pair.Item1}.s", [3], new float[3]), ($"{pair.Item1}.p0", [3], new float[3]),
                ($"{pair.Item1}.d", [], new[] { pair.Item2 }), ($"{pair.Item1}.d_max", [], new[] { 0.5f }), ($"{pair.Item1}.d_numerator", [], new[] { 2f }),
            }),
        ];
        static Optimizer<float> New()
        {
            var optimizer = new Optimizer<float>();
            optimizer.Add(new OptDsl.Rules.Prodigy(), new Model<float>(1, 3, 3).Parameters);
            return optimizer;
        }

        SafetensorsFile.Write(folder["t"], Tensors(0.25f));
        var optimizer = New();
        optimizer.ImportTorchState(folder["t"]);
        Assert.Equal((0.25, 0.5, 2), (optimizer.TensorState("p0", "d"), optimizer.TensorState("p1", "D"), optimizer.TensorState("p1", "q")));

        SafetensorsFile.Write(folder["t"], Tensors(0.5f));
        var other = New();
        Assert.Equal(CheckpointFault.OtherGroups, Assert.Throws<CheckpointException>(() => other.ImportTorchState(folder["t"])).Fault);
        SafetensorsFile.Write(folder["t"], Tensors(0.25f).Where(tensor => !tensor.Item1.EndsWith(".d_max", StringComparison.Ordinal)));
        Assert.Contains("d_max", Assert.Throws<CheckpointException>(() => other.ImportTorchState(folder["t"])).Message, StringComparison.Ordinal);
        Assert.Equal(0, other.StepCount);
    }

    private static (Model<float> Model, Optimizer<float> Optimizer) Start(params int[] lengths)
    {
        var model = new Model<float>(3, lengths);
        var optimizer = new Optimizer<float>();
        optimizer.Add(new DeclaredGroupStep(), model.Parameters);
        return (model, optimizer);
    }

    private static Optimizer<float> Apart(Model<float> model)
    {
        var optimizer = new Optimizer<float>();
        foreach (var parameter in model.Parameters)
            optimizer.Add(new DeclaredGroupStep(), parameter);
        return optimizer;
    }

    private static double[] States(Optimizer<float> optimizer, string name) => [.. s_symbols.Select(symbol => optimizer.TensorState(name, symbol))];

    private static IEnumerable<string> Names(System.Text.Json.JsonElement header) => header.EnumerateObject().Select(property => property.Name);
}
