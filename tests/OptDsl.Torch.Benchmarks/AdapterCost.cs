using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;

namespace OptDsl.Torch.Benchmarks;

/// <summary>What a step costs more than the same step on arrays: looking for gradients, and telling autograd.</summary>
public static class AdapterCost
{
    private const int Tensors = 200;
    private const int Rounds = 40;
    private const int Steps = 25;

    /// <summary>Prints the cost for each tensor.</summary>
    public static void Print()
    {
        Console.WriteLine("| 200 tensors, 1 thread | on torch's tensors | on arrays | more for each tensor |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var length in (int[])[1, 1 << 10])
        {
            using var scope = torch.NewDisposeScope();
            var ofTensors = NewTensors(length).Optimize(1e-3, η => new Rules.AdamW { LearningRate = η }, new RuleOptimizerOptions { Threads = 1 });
            var ofArrays = new Optimizer<float> { MaxDegreeOfParallelism = 1 };
            ofArrays.Add(new Rules.AdamW(), Enumerable.Range(0, Tensors).Select(i => new Parameter<float>($"{i}", new float[length], new float[length])));
            var (onTensors, onArrays) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                onTensors.Add(Turn(() => ofTensors.step()));
                onArrays.Add(Turn(() => ofArrays.Step()));
            }

            var (slow, fast) = (Median(onTensors), Median(onArrays));
            Console.WriteLine($"| {length:N0} element{(length == 1 ? "" : "s")} each | {slow:0} µs | {fast:0} µs | {(slow - fast) / Tensors:0.00} µs |");
        }
    }

    private static Parameter[] NewTensors(int length)
    {
        var parameters = new Parameter[Tensors];
        for (var i = 0; i < Tensors; i++)
        {
            parameters[i] = new Parameter(torch.randn(length));
            parameters[i].grad = torch.randn(length);
        }

        return parameters;
    }

    private static double Turn(Action step)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Steps; i++)
            step();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Steps;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
