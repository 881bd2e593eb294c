using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Benchmarks;

/// <summary>What is alive over 10,000 steps.</summary>
public static class Alive
{
    /// <summary>Prints the tensors and bytes that are alive at some steps of training.</summary>
    public static void Print()
    {
        // What others have left behind is not counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine("| step | tensors | bytes of .NET | resident |");
        Console.WriteLine("|---|---|---|---|");
        using var scope = torch.NewDisposeScope();
        var network = torch.nn.Sequential(("a", torch.nn.Linear(64, 128)), ("ra", torch.nn.ReLU()), ("b", torch.nn.Linear(128, 10)));
        using var optimizer = network.Optimize(1e-3, rate => new Rules.AdamW { LearningRate = rate });
        var (input, target) = (torch.randn(32, 64), torch.randn(32, 10));
        for (var step = 1; step <= 10_000; step++)
        {
            using (torch.NewDisposeScope())
            {
                network.zero_grad();
                torch.nn.functional.mse_loss(network.forward(input), target).backward();
                optimizer.step();
            }

            if (step is 10 or 100 or 1000 or 10_000)
            {
                var tensors = Tensor.TotalCount;
                var bytes = GC.GetTotalMemory(forceFullCollection: true);
                Console.WriteLine($"| {step:N0} | {tensors} | {bytes / 1024:N0} KiB | {Environment.WorkingSet / 1024 / 1024} MiB |");
            }
        }
    }
}
