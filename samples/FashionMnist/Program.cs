// A task of real size: 60,000 pictures of clothes, a network of 100,000 weights, six rules from the same start: five ready-made
// ones, and Lion as declared in this project. Then a checkpoint in the middle of training, from which a second run goes on to the
// very same bits.

using FashionMnist;
using OptDsl;
using OptDsl.Rules;
using OptDsl.Samples;
using OptDsl.Samples.Learning;
using OptDsl.Schedules;
using OptDsl.Training;
using OptDsl.Training.Charts;
using Spectre.Console;
using Lion = FashionMnist.Lion;

const int BatchSize = 128;

var sample = Sample.Start(args);

// 1. The loss is computed by shifting with the largest logit, and so survives logits that exp does not.
float[] logits = [1000, 0, -1000];
var plain = -Math.Log(Math.Exp(logits[1]) / logits.Sum(logit => Math.Exp(logit)));
AnsiConsole.WriteLine($"Logits (1000, 0, -1000), class 2: the textbook's formula gives {(double.IsFinite(plain) ? plain : "∞")}, the stable one {SoftmaxCrossEntropy.Loss(logits, 1):0.0}.");

// 2. Draw what the last full run measured, so that the picture is there without the data.
var curves = Path.Combine(AppContext.BaseDirectory, "curves.csv");
if (sample.Short)
    Draw(CurvePoint.Read(curves));

var folder = sample.Data ?? FashionData.DebianFolder;
if (FashionData.Missing(folder) is [_, ..] missing)
{
    AnsiConsole.WriteLine($"Fashion-MNIST is not in {folder}: {string.Join(", ", missing)} missing.");
    AnsiConsole.WriteLine("On Debian and Ubuntu, samples/FashionMnist/get-data.sh installs it (the package dataset-fashion-mnist, 31 MB).");
    AnsiConsole.WriteLine("Elsewhere, download the four files of https://github.com/zalandoresearch/fashion-mnist and say where they are:");
    Console.WriteLine("dotnet run -c Release --project samples/FashionMnist -- --data <folder>");
    return sample.Short ? 0 : 1;
}

var (train, test) = FashionData.Load(folder);
if (sample.Short)
    (train, test) = (train.Rows([.. Enumerable.Range(0, 3000)]), test.Rows([.. Enumerable.Range(0, 1000)]));
AnsiConsole.WriteLine($"Fashion-MNIST: {train.Count:N0} to train on, {test.Count:N0} to test on.");

// 3. Six rules from the same start, over the same batches, each with a short warm-up and a cosine.
var epochs = sample.Short ? 2 : 6;
var steps = epochs * (train.Count / BatchSize);
(string Name, Func<Schedule, IUpdateRule<float>> Create, double Peak)[] rules =
[
    ("Sgd", η => new Sgd { LearningRate = η }, 0.2),
    ("Momentum", η => new Momentum { LearningRate = η, Nesterov = true }, 0.05),
    ("AdaGrad", η => new AdaGrad { LearningRate = η }, 0.03),
    ("RmsProp", η => new RmsProp { LearningRate = η }, 0.001),
    ("AdamW", η => new AdamW { LearningRate = η }, 0.002),
    ("Lion", η => new Lion { LearningRate = η, WeightDecay = 0.1 }, 0.0003),
];
var points = new List<CurvePoint>();
TrainingProgress.Show(display =>
{
    var runs = rules.Select(rule => display.Add(rule.Name, epochs, train.Count)).ToArray();
    for (var i = 0; i < rules.Length; i++)
    {
        var (name, create, peak) = rules[i];
        var network = NewNetwork();
        var optimizer = new Optimizer<float>();
        optimizer.Add(create(new WarmUpCosine { Peak = peak, InitialShare = 0.1, WarmUpSteps = steps / 20, Steps = steps }), network.Parameters);
        var random = new RandomSource(seed: 1);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var score = runs[i].RunEpoch(train.Batches(random, BatchSize), batch => TrainOn(batch, network, optimizer));
            points.Add(new CurvePoint(name, epoch, score.Loss, network.Evaluate(test).Accuracy));
        }
    }
});

var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "step size", "training loss", "test accuracy");
foreach (var (name, _, peak) in rules)
{
    var last = points.Last(point => point.Rule == name);
    table.AddRow(name, $"{peak}", $"{last.TrainLoss:0.0000}", $"{100 * last.TestAccuracy:0.0} %");
}

AnsiConsole.Write(table);
if (!sample.Short)
{
    CurvePoint.Write(Path.Combine(sample.Folder, "curves.csv"), points);
    Draw(points);
}

// 4. Train for 20 steps, save, and go on for 20 more; load into a new network and optimizer, and go on with the same batches.
var batches = train.Batches(new RandomSource(seed: 2), BatchSize).Take(20).ToArray();
var checkpoint = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
try
{
    var (first, firstOptimizer) = NewRun();
    Train(first, firstOptimizer, batches);
    firstOptimizer.Save(checkpoint);
    Train(first, firstOptimizer, batches);

    var (second, secondOptimizer) = NewRun();
    secondOptimizer.Load(checkpoint);
    Train(second, secondOptimizer, batches);
    var same = first.Parameters.Zip(second.Parameters).All(pair => pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span));
    AnsiConsole.WriteLine($"Resumed from a checkpoint of {new FileInfo(checkpoint).Length / 1024:N0} KB at step 20: at step {secondOptimizer.StepCount} the weights are {(same ? "the same, bit for bit" : "DIFFERENT")}.");
    return same ? 0 : 1;
}
finally
{
    File.Delete(checkpoint);
}

static Network NewNetwork() => new(new RandomSource(seed: 5), FashionData.Pixels, 128, FashionData.Classes);

static (Network Network, Optimizer<float> Optimizer) NewRun()
{
    var network = NewNetwork();
    var optimizer = new Optimizer<float>();
    optimizer.Add(new AdamW(), network.Parameters);
    return (network, optimizer);
}

static void Train(Network network, Optimizer<float> optimizer, IEnumerable<Examples> batches)
{
    foreach (var batch in batches)
        TrainOn(batch, network, optimizer);
}

static Score TrainOn(Examples batch, Network network, Optimizer<float> optimizer)
{
    var score = network.Backward(batch);
    optimizer.Step();
    return score;
}

void Draw(List<CurvePoint> points)
{
    var picture = Picture(points);
    sample.Save(picture, "fashion-mnist.svg");
    sample.Save(picture.Excerpt("Fashion-MNIST, six rules", 1, 1), "fashion-mnist-preview.svg");
}

static Figure Picture(List<CurvePoint> points)
{
    var figure = new Figure(
        "Fashion-MNIST, six rules from the same start",
        "A network of 784, 128 and 10 units, batches of 128, a warm-up and a cosine.",
        columns: 2, panelWidth: 345, panelHeight: 300);
    var epochs = points.Max(point => point.Epoch);
    var loss = figure.Add("training loss", Axis.Linear(1, epochs, "epoch"), Axis.Linear(0.25, 0.8, "mean cross-entropy"));
    var accuracy = figure.Add("test accuracy", Axis.Linear(1, epochs, "epoch"), Axis.Linear(80, 88.5, "pictures classified correctly, %"));
    foreach (var (rule, i) in points.Select(point => point.Rule).Distinct().Select((rule, i) => (rule, i)))
    {
        var series = new Series(i % Figure.ColorCount, rule, i % 2 == 1 ? "7 3" : null, Markers: true);
        var own = points.Where(point => point.Rule == rule).ToList();
        figure.Key(series);
        loss.Line(own.Select(point => ((double)point.Epoch, point.TrainLoss)), series with { Label = null });
        accuracy.Line(own.Select(point => ((double)point.Epoch, 100 * point.TestAccuracy)), series with { Label = null });
    }

    return figure;
}
