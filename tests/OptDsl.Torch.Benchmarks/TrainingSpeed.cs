using System.Diagnostics;
using TorchSharp;

namespace OptDsl.Torch.Benchmarks;

/// <summary>Where the time of training goes: forward and backward pass, and the step right after it, while torch's threads may spin.</summary>
public static class TrainingSpeed
{
    private const int Steps = 60;

    /// <summary>Prints the times in one process with and without sleeping threads.</summary>
    public static void Print()
    {
        Console.WriteLine($"OMP_WAIT_POLICY={Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "(not set)"}, threads asked to sleep: {TorchThreads.AreAsked}, {torch.get_num_threads()} threads");
        Console.WriteLine("| network | forward and backward | the step after it | the same step alone |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, width, batch) in ((string, int, int)[])[("3 × 256, batch of 32", 256, 32), ("3 × 1024, batch of 64", 1024, 64)])
        {
            using var scope = torch.NewDisposeScope();
            var network = torch.nn.Sequential(
                ("a", torch.nn.Linear(width, width)), ("ra", torch.nn.ReLU()), ("b", torch.nn.Linear(width, width)), ("rb", torch.nn.ReLU()), ("c", torch.nn.Linear(width, width)));
            using var optimizer = network.Optimize(1e-4, rate => new Rules.AdamW { LearningRate = rate });
            var (input, target) = (torch.randn(batch, width), torch.randn(batch, width));
            var (backward, after, alone) = (new List<double>(), new List<double>(), new List<double>());
            for (var step = 0; step < Steps; step++)
            {
                using var inner = torch.NewDisposeScope();
                var started = Stopwatch.GetTimestamp();
                network.zero_grad();
                torch.nn.functional.mse_loss(network.forward(input), target).backward();
                backward.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                started = Stopwatch.GetTimestamp();
                optimizer.step();
                after.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                Thread.Sleep(20);
                optimizer.step();
                started = Stopwatch.GetTimestamp();
                optimizer.step();
                alone.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }

            Console.WriteLine($"| {name} | {Median(backward):0} µs | {Median(after):0} µs | {Median(alone):0} µs |");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
