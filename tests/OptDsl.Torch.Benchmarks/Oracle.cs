using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Benchmarks;

/// <summary>Steps the same tensors by TorchSharp's optimizer and by this library's rule.</summary>
public static class Oracle
{
    private const int Steps = 50;

    /// <summary>The largest distance of two weights after 50 steps in float32, relative to the larger of them and of 1.</summary>
    public static double Distance(OptionSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        using var scope = torch.NewDisposeScope();
        Parameter[] theirs = [New([40, 7], 1), New([33], 2)];
        Parameter[] ours = [New([40, 7], 1), New([33], 2)];
        using var reference = set.Theirs(theirs, set.Rate);
        using var optimizer = ours.Optimize(set.Rate, set.Ours);
        torch.manual_seed(3);
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < ours.Length; i++)
            {
                using var gradient = torch.randn(theirs[i].shape);
                theirs[i].grad = gradient;
                ours[i].grad = gradient;
            }

            TorchSharpStep.Run(reference);
            optimizer.step();
        }

        return theirs.Zip(ours, Distance).Max();
    }

    /// <summary>Prints all distances.</summary>
    public static void Print()
    {
        Console.WriteLine("| TorchSharp's optimizer | distance after 50 steps |");
        Console.WriteLine("|---|---|");
        foreach (var set in OptionSet.All)
            Console.WriteLine($"| {set.Name} | {(Distance(set) is var distance && distance == 0 ? "0" : $"{distance:0.0e+0}")}{(set.Fault is null ? "" : $": {set.Fault}")} |");
    }

    private static double Distance(Tensor first, Tensor second)
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (first.detach(), second.detach());
        return (a - b).abs().div(torch.maximum(a.abs(), b.abs()).clamp_min(1)).max().item<float>();
    }

    private static Parameter New(long[] shape, int seed)
    {
        torch.manual_seed(seed);
        return new Parameter(torch.randn(shape));
    }
}
