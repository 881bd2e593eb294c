using System.IO.Compression;
using System.Numerics.Tensors;
using OptDsl.Rules;

namespace OptDsl.Tests.Runtime;

/// <summary>Loss curves on the handwritten digits with the states of an optimizer in fewer bits beside those with wide ones.</summary>
public sealed class StorageConvergenceTests(ITestOutputHelper output)
{
    private const int Pixels = 64;
    private const int Hidden = 24;
    private const int Classes = 10;
    private const int Batch = 64;
    private const int Epochs = 12;
    private const int Seeds = 5;

    public static TheoryData<string, Storage> Cases => new MatrixTheoryData<string, Storage>(["AdamW", "SGD with momentum", "Lion"], [Storage.BFloat16, Storage.Block8]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_curves_are_within_the_noise_of_seeds(string rule, Storage storage)
    {
        var (pixels, labels) = Load();
        var wide = Enumerable.Range(0, Seeds).Select(seed => Curve(rule, Storage.Element, seed, pixels, labels)).ToArray();
        var narrow = Enumerable.Range(0, Seeds).Select(seed => Curve(rule, storage, seed, pixels, labels)).ToArray();
        output.WriteLine($"epoch  wide    {storage}  noise");
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var (mean, other) = (wide.Average(curve => curve[epoch]), narrow.Average(curve => curve[epoch]));
            var noise = Math.Sqrt(wide.Sum(curve => Math.Pow(curve[epoch] - mean, 2)) / (Seeds - 1));
            output.WriteLine($"{epoch + 1,5}  {mean:0.0000}  {other:0.0000}    {noise:0.0000}");
            Assert.InRange(other, mean - noise, mean + noise);
        }

        Assert.True(narrow.Average(curve => curve[^1]) < 0.25 * narrow.Average(curve => curve[0]));
    }

    private static double[] Curve(string rule, Storage storage, int seed, float[] pixels, int[] labels)
    {
        var random = new Random(seed);
        var (first, second) = (Weights("first", Hidden, Pixels, random), Weights("second", Classes, Hidden, random));
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1, ZeroGradients = true };
        optimizer.Add(RuleOf(rule), first, second).StoreStates(storage);
        var curve = new double[Epochs];
        var order = Enumerable.Range(0, labels.Length).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            for (var i = 0; i < order.Length; i++)
            {
                curve[epoch] += Backward(first, second, pixels.AsSpan(order[i] * Pixels, Pixels), labels[order[i]]) / order.Length;
                if ((i + 1) % Batch == 0)
                    optimizer.Step();
            }
        }

        return curve;
    }

    private static IUpdateRule<float> RuleOf(string rule) => rule switch
    {
        "AdamW" => new AdamW { LearningRate = 0.01 },
        "Lion" => new Lion { LearningRate = 0.001 },
        _ => new Sgd { LearningRate = 0.2, Momentum = 0.9 },
    };

    private static Parameter<float> Weights(string name, int rows, int columns, Random random) =>
        new(name, Enumerable.Range(0, rows * columns).Select(_ => (float)((random.NextDouble() - 0.5) * 2 / Math.Sqrt(columns))).ToArray(), new float[rows * columns], rows, columns);

    /// <summary>The loss of an example; its gradients are added up.</summary>
    private static double Backward(Parameter<float> first, Parameter<float> second, ReadOnlySpan<float> x, int label)
    {
        Span<float> hidden = stackalloc float[Hidden], scores = stackalloc float[Classes], back = stackalloc float[Hidden];
        for (var row = 0; row < Hidden; row++)
            hidden[row] = MathF.Tanh(TensorPrimitives.Dot(first.Value.Span.Slice(row * Pixels, Pixels), x));
        for (var row = 0; row < Classes; row++)
            scores[row] = TensorPrimitives.Dot(second.Value.Span.Slice(row * Hidden, Hidden), hidden);
        TensorPrimitives.SoftMax(scores, scores);
        var loss = -Math.Log(scores[label]);
        scores[label] -= 1;
        back.Clear();
        for (var row = 0; row < Classes; row++)
        {
            var gradient = second.Gradient.Span.Slice(row * Hidden, Hidden);
            TensorPrimitives.MultiplyAdd(hidden, scores[row] / Batch, gradient, gradient);
            TensorPrimitives.MultiplyAdd(second.Value.Span.Slice(row * Hidden, Hidden), scores[row], back, back);
        }

        for (var row = 0; row < Hidden; row++)
        {
            var gradient = first.Gradient.Span.Slice(row * Pixels, Pixels);
            TensorPrimitives.MultiplyAdd(x, back[row] * (1 - (hidden[row] * hidden[row])) / Batch, gradient, gradient);
        }

        return loss;
    }

    private static (float[] Pixels, int[] Labels) Load()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var (pixels, labels) = (new List<float>(), new List<int>());
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            pixels.AddRange(fields.Take(Pixels).Select(field => int.Parse(field, System.Globalization.CultureInfo.InvariantCulture) / 16f));
            labels.Add(int.Parse(fields[Pixels], System.Globalization.CultureInfo.InvariantCulture));
        }

        return ([.. pixels], [.. labels]);
    }
}
