using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Benchmarks;

/// <summary>The time of TorchSharp's step over the time of ours, in one process, taking turns.</summary>
public static class StepSpeed
{
    private const int Rounds = 15;
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(12);

    private static readonly (string Name, Func<Parameter[], optim.Optimizer> Theirs, Func<Schedule, IUpdateRule> Ours)[] s_rules =
    [
        ("SGD with momentum", p => optim.SGD(p, 1e-3, momentum: 0.9), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9 }),
        ("Adam", p => optim.Adam(p, 1e-3), η => new Rules.Adam { LearningRate = η }),
        ("AdamW", p => optim.AdamW(p, 1e-3, weight_decay: 0.01), η => new Rules.AdamW { LearningRate = η }),
        ("RMSProp", p => optim.RMSProp(p, 1e-3), η => new Rules.RmsProp { LearningRate = η }),
    ];

    private static readonly (string Name, int Tensors, long Length)[] s_sizes =
    [
        ("1K", 1, 1 << 10), ("16K", 1, 1 << 14), ("256K", 1, 1 << 18), ("1M", 1, 1 << 20), ("4M", 1, 1 << 22), ("200 × 1K", 200, 1 << 10),
    ];

    /// <summary>Prints the ratios, with the time of our step in brackets.</summary>
    public static void Print(int threads)
    {
        torch.set_num_threads(threads);
        Console.WriteLine($"| {threads} thread{(threads == 1 ? "" : "s")} | {string.Join(" | ", s_sizes.Select(size => size.Name))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", s_sizes.Length))}");
        foreach (var (name, theirs, ours) in s_rules)
        {
            var cells = s_sizes.Select(size => Cell(theirs, ours, size.Tensors, size.Length));
            Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }

        Console.WriteLine();
    }

    private static string Cell(Func<Parameter[], optim.Optimizer> theirs, Func<Schedule, IUpdateRule> ours, int tensors, long length)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var scope = torch.NewDisposeScope();
        var (first, second) = (New(tensors, length), New(tensors, length));
        using var reference = theirs(first);
        using var optimizer = second.Optimize(1e-3, ours);
        var (theirTurns, ourTurns) = (new List<double>(), new List<double>());
        Turn(reference);
        Turn(optimizer);
        for (var round = 0; round < Rounds; round++)
        {
            theirTurns.Add(Turn(reference));
            ourTurns.Add(Turn(optimizer));
        }

        var (their, our) = (Median(theirTurns), Median(ourTurns));
        return $"{their / our:0.0} ({Text(our)})";
    }

    /// <summary>The time of one step, in µs.</summary>
    private static double Turn(optim.Optimizer optimizer)
    {
        var started = Stopwatch.GetTimestamp();
        var steps = 0;
        do
        {
            try
            {
                optimizer.step();
                steps++;
            }
            catch (ExternalException) when (optimizer is not RuleOptimizer)
            {
                // A collection freed a scalar of TorchSharp's own step: see TorchSharpStep.
            }
        }
        while (Stopwatch.GetElapsedTime(started) < s_turn);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / steps;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(double microseconds) => microseconds < 100 ? $"{microseconds:0.0} µs" : $"{microseconds:0} µs";

    private static Parameter[] New(int tensors, long length)
    {
        var parameters = new Parameter[tensors];
        for (var i = 0; i < tensors; i++)
        {
            parameters[i] = new Parameter(torch.randn(length));
            parameters[i].grad = torch.randn(length);
        }

        return parameters;
    }
}
