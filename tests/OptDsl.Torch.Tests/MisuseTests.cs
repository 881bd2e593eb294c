using System.Text;
using OptDsl.Checkpoints;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

/// <summary>What goes wrong says so, every time, and leaves all as it was.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    [TorchFact]
    public void No_parameters_at_all_are_refused_as_torch_does()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("no parameters", Assert.Throws<ArgumentException>(() => torch.nn.ReLU().Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => torch.nn.Linear(2, 2).named_parameters().Where(pair => pair.name == "head").Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate }));
    }

    [TorchFact]
    public void What_no_rule_updates_is_named_at_every_step_and_before_anything_is_written()
    {
        using var scope = torch.NewDisposeScope();
        var (real, complex) = (new Parameter(torch.zeros(2)), new Parameter(torch.zeros(2, ScalarType.ComplexFloat32)));
        var optimizer = new[] { ("r", real), ("z", complex) }.Optimize(1, rate => new Rules.Sgd { LearningRate = rate });
        real.grad = torch.ones(2);
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Contains("'z' is of type ComplexFloat32", Assert.Throws<NotSupportedException>(() => optimizer.step()).Message, StringComparison.Ordinal);
        Close.AssertWithin(0, torch.zeros(2), real, "weights");
    }

    [TorchFact]
    public void An_optimizer_that_has_been_disposed_of_says_so()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.zeros(2));
        var optimizer = new[] { ("w", weight) }.Optimize(1, rate => new Rules.Momentum { LearningRate = rate });
        weight.grad = torch.ones(2);
        optimizer.step();
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.step());
        Assert.Throws<ObjectDisposedException>(() => optimizer.State("w", "v"));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Save(_file));
    }

    [TorchFact]
    public void Streams_of_another_rule_are_refused_and_change_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.ones(2));
        var adam = new[] { ("w", weight) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        weight.grad = torch.ones(2);
        adam.step();
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            adam.save_state_dict(writer);
        foreach (var rule in (IUpdateRule[])[new Rules.Lion(), new Rules.Momentum(), new Rules.Prodigy()])
        {
            var other = new[] { ("w", weight) }.Optimize(0.5, rate => rule);
            stream.Position = 0;
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            Assert.Contains("Adam", Assert.Throws<ArgumentException>(() => other.load_state_dict(reader)).Message, StringComparison.Ordinal);
            Assert.Equal((0, 0.5), (other.StepsOf("w"), other.Groups[0].LearningRate));
        }

        var lion = new[] { ("w", weight) }.Optimize(0.5, rate => new Rules.Prodigy { LearningRate = rate });
        Assert.Throws<ArgumentException>(() => lion.load_state_dict(adam.state_dict()));
    }

    [TorchTheory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("{}")]
    [InlineData("[{\"Rule\":\"Adam\",\"Hash\":\"\",\"LearningRate\":\"NaN\"}]")]
    [InlineData("[{\"Rule\":\"Adam\",\"Hash\":\"HASH\",\"LearningRate\":0.1,\"InitialLearningRate\":0.1,\"Parameters\":[\"w\"]}]")]
    [InlineData("[{\"Rule\":\"Adam\",\"Hash\":\"HASH\",\"LearningRate\":-1,\"InitialLearningRate\":0.1,\"States\":{},\"Parameters\":[\"w\"]}]")]
    [InlineData("[{\"Rule\":\"Adam\",\"Hash\":\"HASH\",\"LearningRate\":\"NaN\",\"InitialLearningRate\":0.1,\"States\":{},\"Parameters\":[\"w\"]}]")]
    [InlineData("[{\"Rule\":\"Adam\",\"Hash\":\"HASH\",\"LearningRate\":0.1,\"InitialLearningRate\":0.1,\"States\":{\"d\":1},\"Parameters\":[\"w\"]}]")]
    [InlineData("[{\"Rule\":\"Adam\",\"Hash\":\"HASH\",\"LearningRate\":0.1,\"InitialLearningRate\":0.1,\"States\":{},\"Parameters\":[\"w\",null]}]")]
    public void Groups_that_Save_does_not_write_are_damage(string json)
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.ones(2));
        var optimizer = new[] { ("w", weight) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        var text = json.Replace("HASH", ((IUpdateRule)new Rules.Adam()).Description.Hash, StringComparison.Ordinal);
        Safetensors.Write(_file, new Dictionary<string, string> { ["groups"] = text }, ("w.step", [], [1]), ("w.exp_avg", [2], [1, 1]), ("w.exp_avg_sq", [2], [1, 1]));
        Assert.Throws<CheckpointException>(() => optimizer.Load(_file));
        Assert.Equal((0, 0.01), (optimizer.StepsOf("w"), optimizer.Groups[0].LearningRate));
    }

    [TorchTheory]
    [InlineData(float.NaN)]
    [InlineData(-1)]
    [InlineData(2.5)]
    [InlineData(float.PositiveInfinity)]
    public void A_step_count_that_is_none_is_damage(float count)
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = new[] { ("w", new Parameter(torch.ones(2))) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        Safetensors.Write(_file, ("w.step", [], [count]), ("w.exp_avg", [2], [1, 1]), ("w.exp_avg_sq", [2], [1, 1]));
        Assert.Equal(CheckpointFault.Malformed, Assert.Throws<CheckpointException>(() => optimizer.Import(_file)).Fault);
        Assert.Equal(0, optimizer.StepsOf("w"));
    }

    [TorchTheory]
    [InlineData("w.step", 2)]
    [InlineData("w.exp_avg_sq", 3)]
    [InlineData("w.master", 3)]
    public void A_tensor_of_another_shape_is_named_and_nothing_is_left_behind(string name, int length)
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.ones(2, ScalarType.BFloat16));
        var optimizer = new[] { ("w", weight) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        (string, int[], float[])[] right = [("w.step", [], [1]), ("w.exp_avg", [2], [1, 1]), ("w.exp_avg_sq", [2], [1, 1]), ("w.master", [2], [1, 1])];
        Safetensors.Write(_file, [.. right.Select(tensor => tensor.Item1 == name ? (name, [length], new float[length]) : tensor)]);
        Assert.Equal(0, optimizer.StepsOf("w"));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var alive = Tensor.TotalCount;
        var exception = Assert.Throws<CheckpointException>(() => optimizer.Import(_file));
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Equal(CheckpointFault.OtherShape, exception.Fault);
        Assert.Equal(alive, Tensor.TotalCount);
    }

    [TorchFact]
    public void A_state_from_which_no_training_can_go_on_is_damage()
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = new[] { ("w", new Parameter(torch.ones(2))) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        Safetensors.Write(_file, ("w.step", [], [1]), ("w.exp_avg", [2], [1, float.NaN]), ("w.exp_avg_sq", [2], [1, 1]));
        Assert.Contains("w.exp_avg", Assert.Throws<CheckpointException>(() => optimizer.Import(_file)).Message, StringComparison.Ordinal);
        Safetensors.Write(_file, ("w.step", [], [1]), ("w.exp_avg", [2], [1, 1]), ("w.exp_avg_sq", [2], [1, -1]));
        Assert.Contains("w.exp_avg_sq", Assert.Throws<CheckpointException>(() => optimizer.Import(_file)).Message, StringComparison.Ordinal);
        Assert.Equal(0, optimizer.StepsOf("w"));
    }

    [TorchFact]
    public void A_module_that_has_moved_is_noticed()
    {
        using var scope = torch.NewDisposeScope();
        var model = torch.nn.Linear(2, 2);
        var optimizer = model.Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate });
        model.forward(torch.ones(1, 2)).sum().backward();
        optimizer.step();
        model.to(ScalarType.Float64);
        model.zero_grad();
        model.forward(torch.ones(1, 2, ScalarType.Float64)).sum().backward();
        Assert.Contains("after moving", Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void An_optimizer_outlives_the_dispose_scope_that_it_was_made_in()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var options in (RuleOptimizerOptions[])[new(), new() { WithoutKernels = true }])
        {
            foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
            {
                var weight = new Parameter(torch.ones(2, type));
                RuleOptimizer optimizer;
                using (torch.NewDisposeScope())
                {
                    weight.grad = torch.ones(2, type);
                    optimizer = new[] { ("w", weight) }.Optimize(0.1, rate => new Rules.Prodigy { LearningRate = rate }, options);
                    optimizer.step();
                }

                weight.grad = torch.ones(2, type);
                optimizer.step();
                Assert.Equal(2, optimizer.StepsOf("w"));
                optimizer.Dispose();
            }
        }
    }

    [TorchFact]
    public void Weights_in_the_order_of_channels_last_are_stepped_where_they_lie()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var values = torch.randn(4, 3, 2, 2);
        var (plain, last) = (new Parameter(values.clone()), new Parameter(ChannelsLast(values)));
        Assert.False(last.is_contiguous());
        var memory = last.detach();
        var optimizer = new[] { ("a", plain), ("b", last) }.Optimize(0.1, rate => new Rules.AdamW { LearningRate = rate });
        for (var step = 0; step < 5; step++)
        {
            plain.grad = torch.randn(4, 3, 2, 2);
            last.grad = ChannelsLast(plain.grad!);
            optimizer.step();
        }

        Close.AssertWithin(1e-6, plain, last, "weights");
        Close.AssertWithin(0, memory, last, "memory");
        Assert.False(last.is_contiguous());
    }

    private static Tensor ChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
