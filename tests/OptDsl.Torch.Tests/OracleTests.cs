using OptDsl.Tests.Golden;
using OptDsl.Torch.Benchmarks;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

/// <summary>TorchSharp's optimizers beside ours.</summary>
public sealed class OracleTests
{
    public static TheoryData<string> Sets => [.. OptionSet.All.Where(set => set.Fault is null).Select(set => set.Name)];

    [TorchFact]
    public void Thirty_five_option_sets_are_compared() => Assert.Equal(35, OptionSet.All.Count);

    [TorchTheory]
    [MemberData(nameof(Sets))]
    public void An_optimizer_of_TorchSharp_goes_the_same_way(string name)
    {
        var set = OptionSet.All.Single(set => set.Name == name);
        Assert.InRange(Oracle.Distance(set), 0, set.Tolerance);
    }

    [TorchTheory]
    [InlineData("RAdam", "radam_plain")]
    [InlineData("SGD momentum, weight_decay, maximize", "momentum_maximize")]
    public void Where_TorchSharp_is_wrong_PyTorch_s_trajectory_is_ours(string name, string trajectory)
    {
        var set = OptionSet.All.Single(set => set.Name == name);
        Assert.NotNull(set.Fault);
        Assert.True(Oracle.Distance(set) > 100 * set.Tolerance, "TorchSharp agrees now: the fault is gone");

        using var scope = torch.NewDisposeScope();
        var golden = GoldenCase.Load(trajectory);
        var tensor = golden.Tensors[0];
        var weight = new Parameter(torch.tensor(tensor.Start, ScalarType.Float64).reshape([.. tensor.Shape.Select(dimension => (long)dimension)]));
        var optimizer = new[] { ("w", weight) }.Optimize(golden.HyperValue("lr"), η => name == "RAdam"
            ? new Rules.RAdam { LearningRate = η }
            : new Rules.Sgd { LearningRate = η, Momentum = golden.HyperValue("momentum"), WeightDecay = golden.HyperValue("weight_decay"), Maximize = true });
        foreach (var gradient in tensor.Gradients)
        {
            weight.grad = torch.tensor(gradient, ScalarType.Float64).reshape(weight.shape);
            optimizer.step();
        }

        Close.AssertWithin(golden.Tolerance, torch.tensor(tensor.Weights[^1], ScalarType.Float64), weight.reshape(-1), trajectory);
    }
}
