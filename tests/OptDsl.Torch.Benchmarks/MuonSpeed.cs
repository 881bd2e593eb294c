using System.Diagnostics;
using OptDsl.Rules.Matrices;
using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Benchmarks;

/// <summary>The time of a Muon step over that of the same step written with TorchSharp's matrix products, in one process, taking turns.</summary>
public static class MuonSpeed
{
    private const int Rounds = 11;
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(50);

    private static readonly (string Name, (int Rows, int Columns)[] Shapes)[] s_cases =
    [
        ("512 × 512", [(512, 512)]),
        ("1024 × 1024", [(1024, 1024)]),
        ("4 layers", [(512, 512), (2048, 512), (512, 2048), (512, 512)]),
    ];

    /// <summary>Prints the milliseconds of our step, and the ratio.</summary>
    public static void Print(int threads)
    {
        torch.set_num_threads(threads);
        Console.WriteLine($"| {threads} thread{(threads == 1 ? "" : "s")} | ms a step | ÷ TorchSharp |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, shapes) in s_cases)
        {
            var random = new System.Random(1);
            var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = threads };
            var gradients = shapes.Select(shape => Drawn(shape.Rows * shape.Columns, random)).ToArray();
            optimizer.Add(new Muon { LearningRate = 0.02 }, [.. shapes.Select((shape, i) => new Parameter<float>($"W{i}", Drawn(gradients[i].Length, random), gradients[i], shape.Rows, shape.Columns))]);
            using var scope = torch.NewDisposeScope();
            var tensors = shapes.Select((shape, i) => (Value: torch.randn(shape.Rows, shape.Columns), Gradient: torch.tensor(gradients[i], [shape.Rows, shape.Columns]), Average: torch.zeros(shape.Rows, shape.Columns))).ToArray();
            var (ours, theirs) = (new List<double>(), new List<double>());
            Turn(() => optimizer.Step());
            Turn(() => Step(tensors));
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(Turn(() => optimizer.Step()));
                theirs.Add(Turn(() => Step(tensors)));
            }

            var ratios = ours.Zip(theirs, (our, their) => our / their).Order().ToArray();
            Console.WriteLine(FormattableString.Invariant($"| {name} | {ours.Order().ElementAt(Rounds / 2):0.00} | {ratios[Rounds / 2]:0.00} [{ratios[Rounds / 4]:0.00}, {ratios[^((Rounds / 4) + 1)]:0.00}] |"));
        }

        Console.WriteLine();
    }

    private static void Step((Tensor Value, Tensor Gradient, Tensor Average)[] tensors)
    {
        using var _ = torch.no_grad();
        foreach (var (value, gradient, average) in tensors)
        {
            using var scope = torch.NewDisposeScope();
            average.mul_(0.95f).add_(gradient, alpha: 0.05f);
            var x = gradient.mul(0.05f).add_(average, alpha: 0.95f);
            var isTall = value.shape[0] > value.shape[1];
            if (isTall)
                x = x.t();
            x = x.div(x.norm().clamp_min(1e-7));
            for (var step = 0; step < 5; step++)
            {
                var gram = x.mm(x.t());
                var polynomial = torch.addmm(gram, gram, gram, beta: -4.7750f, alpha: 2.0315f);
                x = torch.addmm(x, polynomial, x, beta: 3.4445f, alpha: 1);
            }

            value.mul_(1 - (0.02f * 0.1f)).add_(isTall ? x.t() : x, alpha: -0.02f * MathF.Sqrt(MathF.Max(1, value.shape[0] / (float)value.shape[1])));
        }
    }

    /// <summary>The time of one step, in ms.</summary>
    private static double Turn(Action step)
    {
        var started = Stopwatch.GetTimestamp();
        var steps = 0;
        do
        {
            step();
            steps++;
        }
        while (Stopwatch.GetElapsedTime(started) < s_turn);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / steps;
    }

    private static float[] Drawn(int length, System.Random random) => [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) / MathF.Sqrt(length))];
}
