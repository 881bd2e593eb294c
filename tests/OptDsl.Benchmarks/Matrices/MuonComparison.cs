using System.Globalization;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;
using OptDsl.Benchmarks.Native;
using OptDsl.Matrices;
using OptDsl.Rules.Matrices;

namespace OptDsl.Benchmarks.Matrices;

/// <summary>A step of Muon on matrices of float: beside PyTorch's, and how much of it is not matrix products.</summary>
internal static class MuonComparison
{
    private const string Step = "step";
    private const string Products = "products";
    private const int Rounds = 11;
    private const int Iterations = 5;
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(50);

    /// <summary>The sets of matrices, by what tables call them; the last is what a block of a transformer has.</summary>
    private static readonly (string Name, (int Rows, int Columns)[] Shapes)[] s_cases =
    [
        ("512 × 512", [(512, 512)]),
        ("1024 × 1024", [(1024, 1024)]),
        ("4 layers: 512 × 512, 2048 × 512, 512 × 2048, 512 × 512", [(512, 512), (2048, 512), (512, 2048), (512, 512)]),
    ];

    /// <summary>Prints a table for a number of threads. PyTorch is timed in a process of its own, before and after ours.</summary>
    public static void Print(int threads)
    {
        string[] sets = [.. s_cases.Select(set => string.Join(",", set.Shapes.Select(shape => FormattableString.Invariant($"{shape.Rows}x{shape.Columns}"))))];
        var before = PyTorch.MeasureMuon(threads, sets);
        var races = s_cases.Select(set => Race(set.Shapes, threads)).ToList();
        var after = PyTorch.MeasureMuon(threads, sets);
        Console.WriteLine($"{threads} thread{(threads == 1 ? "" : "s")}, PyTorch {before?.Version ?? "not found"}");
        Console.WriteLine("| matrices | ms a step | ÷ PyTorch | outside of matrix products |");
        Console.WriteLine("|---|---|---|---|");
        for (var i = 0; i < s_cases.Length; i++)
        {
            var step = races[i].Nanoseconds(Step)!.Value / 1e3;
            var ratio = before is null || after is null ? "" : (step / ((before.Value.Microseconds[i] + after.Value.Microseconds[i]) / 2)).ToString("0.00", CultureInfo.InvariantCulture);
            var share = threads > 1 ? "" : (1 - (races[i].Nanoseconds(Products)!.Value / races[i].Nanoseconds(Step)!.Value)).ToString("0.0 %", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {s_cases[i].Name} | {step / 1e3:0.00} | {ratio} | {share} |{(races[i].Disturbed ? " †" : "")}"));
        }
    }

    private static RaceResult Race((int Rows, int Columns)[] shapes, int threads)
    {
        var random = new System.Random(1);
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = threads };
        var values = shapes.Select(shape => Drawn(shape.Rows * shape.Columns, random)).ToArray();
        var gradients = shapes.Select(shape => Drawn(shape.Rows * shape.Columns, random)).ToArray();
        optimizer.Add(
            new Muon { LearningRate = 0.02, Iterations = Iterations },
            [.. shapes.Select((shape, i) => new Parameter<float>($"W{i}", values[i], gradients[i], shape.Rows, shape.Columns))]);
        optimizer.Step();
        var (workspace, results) = (new MatrixWorkspace(), gradients.Select(gradient => new float[gradient.Length]).ToArray());
        List<Contestant> contestants = [new(Step, _ => optimizer.Step())];
        if (threads == 1)
            contestants.Add(new(Products, _ => Multiply()));
        return Comparison.Race.Run(contestants, reset: null, Rounds, s_turn);

        void Multiply()
        {
            for (var i = 0; i < shapes.Length; i++)
                MatrixMath.NewtonSchulz<float>(new(gradients[i], shapes[i].Rows, shapes[i].Columns), NewtonSchulzSet.Original, Iterations, results[i], workspace);
        }
    }

    /// <summary>Numbers so small that their products stay finite for any number of steps.</summary>
    private static float[] Drawn(int length, System.Random random) => [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) / MathF.Sqrt(length))];
}
