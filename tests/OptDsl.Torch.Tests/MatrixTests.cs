using OptDsl.Rules.Matrices;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

/// <summary>Rules of matrices on TorchSharp's tensors: through the kernels in the CPU's memory, and else refused with the reason.</summary>
public sealed class MatrixTests
{
    [TorchTheory]
    [InlineData("4 6")]
    [InlineData("6 2 2")]
    public void Muon_steps_as_written_with_the_products_of_TorchSharp(string dimensions)
    {
        long[] shape = [.. dimensions.Split(' ').Select(long.Parse)];
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var weights = new Parameter(torch.randn(shape));
        var (expected, average) = (weights.clone(), torch.zeros_like(weights));
        var optimizer = new[] { ("w", weights) }.Optimize(0.02, rate => new Muon { LearningRate = rate, WeightDecay = 0.1 });
        for (var step = 0; step < 8; step++)
        {
            var gradient = torch.randn(shape);
            weights.grad = gradient;
            optimizer.step();
            average = (0.95 * average) + (0.05 * gradient);
            var x = ((0.05 * gradient) + (0.95 * average)).reshape(shape[0], -1);
            x /= x.norm();
            for (var i = 0; i < 5; i++)
            {
                var gram = x.mm(x.t());
                x = (3.4445 * x) + (((-4.7750 * gram) + (2.0315 * gram.mm(gram))).mm(x));
            }

            expected = (expected * (1 - (0.02 * 0.1))) - (0.02 * Math.Sqrt(Math.Max(1, x.shape[0] / (double)x.shape[1])) * x.reshape(shape));
        }

        Close.AssertWithin(1e-5, expected, weights, "weights");
        Assert.Equal(shape, optimizer.State("w", "m").shape);
    }

    [TorchFact]
    public void Square_states_are_tensors_of_their_own_shape()
    {
        using var scope = torch.NewDisposeScope();
        var weights = new Parameter(torch.randn(3, 5)) { grad = torch.randn(3, 5) };
        var optimizer = new[] { ("w", weights) }.Optimize(0.02, rate => new Soap { LearningRate = rate });
        optimizer.step();
        Assert.Equal([3L, 3], optimizer.State("w", "L").shape);
        Assert.Equal([5L, 5], optimizer.State("w", "R").shape);
    }

    [TorchFact]
    public void Other_types_and_vectors_are_refused_with_the_reason()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in (ScalarType[])[ScalarType.BFloat16, ScalarType.Float16])
        {
            var narrow = new Parameter(torch.randn(3, 5).to(type)) { grad = torch.randn(3, 5).to(type) };
            var refused = Assert.Throws<NotSupportedException>(() => new[] { ("w", narrow) }.Optimize(0.02, rate => new Muon { LearningRate = rate }).step());
            Assert.Contains("float32 and float64 tensors in the CPU's memory", refused.Message, StringComparison.Ordinal);
        }

        var bias = new Parameter(torch.randn(5)) { grad = torch.randn(5) };
        var vector = Assert.ThrowsAny<ArgumentException>(() => new[] { ("b", bias) }.Optimize(0.02, rate => new Muon { LearningRate = rate }).step());
        Assert.Contains("for matrices", vector.Message, StringComparison.Ordinal);
    }
}
