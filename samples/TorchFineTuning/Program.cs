// A convolutional network of TorchSharp on handwritten digits: trained by TorchSharp's AdamW and by four rules of this library from the
// same seed over the same batches, then a new head on the trained body, fine-tuned alone. Lion.cs holds a rule declared here.

using System.Diagnostics;
using OptDsl.Rules;
using OptDsl.Samples;
using OptDsl.Samples.Learning;
using OptDsl.Torch;
using OptDsl.Training;
using OptDsl.Training.Charts;
using Quickstart;
using Spectre.Console;
using TorchFineTuning;
using TorchSharp;
using Lion = TorchFineTuning.Lion;

const int BatchSize = 64;

var sample = Sample.Start(args);
var (train, test) = Digits.Load(new RandomSource(seed: 2024));
var epochs = sample.Short ? 2 : 8;
var steps = epochs * (train.Count / BatchSize);

// 1. The same network, seed, batches and schedule of TorchSharp for all; one line each makes the optimizer.
(string Name, Func<ConvolutionalNetwork, torch.optim.Optimizer> Create)[] optimizers =
[
    ("TorchSharp's AdamW", network => torch.optim.AdamW(network.Model.parameters(), lr: 2e-3, weight_decay: 0.01)),
    ("AdamW", network => network.Model.Optimize(lr: 2e-3, rate => new AdamW { LearningRate = rate, WeightDecay = 0.01 })),
    ("Lion, declared here", network => network.Model.Optimize(lr: 1e-3, rate => new Lion { LearningRate = rate, WeightDecay = 0.02 })),
    ("NAdamW", network => network.Model.Optimize(lr: 2e-3, rate => new NAdamW { LearningRate = rate, WeightDecay = 0.01 })),
    ("Prodigy", network => network.Model.Optimize(lr: 1, rate => new Prodigy { LearningRate = rate })),
];

var points = new List<(string Name, int Epoch, Score Train, Score Test)>();
var shares = new Dictionary<string, double>();
var trained = new ConvolutionalNetwork(seed: 7);
TrainingProgress.Show(display =>
{
    foreach (var (name, create) in optimizers)
    {
        var network = new ConvolutionalNetwork(seed: 7);
        using var optimizer = create(network);
        var schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps);
        shares[name] = Run(display, name, network, optimizer, schedule, (epoch, score) => points.Add((name, epoch, score, network.Evaluate(test))));
        trained = network;
    }
});

var table = new Table().Border(TableBorder.Rounded).AddColumns("optimizer", "training loss", "test accuracy", "time in steps");
foreach (var (name, _) in optimizers)
{
    var last = points.Last(point => point.Name == name);
    table.AddRow(name, $"{last.Train.Loss:0.0000}", $"{100 * last.Test.Accuracy:0.0} %", $"{100 * shares[name]:0.0} %");
}

AnsiConsole.Write(table);

// 2. A new head on the trained body. What requires no gradient is left alone, whatever gradients it still has.
var model = trained.Model;
using (torch.no_grad())
{
    foreach (var (name, parameter) in model.named_parameters())
    {
        var isHead = name.StartsWith("head.", StringComparison.Ordinal);
        parameter.requires_grad = isHead;
        if (isHead)
            torch.nn.init.normal_(parameter, 0, 0.05);
    }
}

AnsiConsole.WriteLine($"With a new, random head: {trained.Evaluate(test)}.");
var before = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.detach().clone());
using var tuner = model
    .Optimize(lr: 5e-3, rate => new AdamW { LearningRate = rate, WeightDecay = 0.01 })
    .Except(parameter => parameter.Rank < 2, rate => new AdamW { LearningRate = rate, WeightDecay = 0 });
TrainingProgress.Show(display => Run(display, "New head", trained, tuner, torch.optim.lr_scheduler.CosineAnnealingLR(tuner, steps), (_, _) => { }));
var untouched = model.named_parameters().Where(pair => !pair.parameter.requires_grad).All(pair => pair.parameter.eq(before[pair.name]).all().item<bool>());
var tuned = trained.Evaluate(test);
AnsiConsole.WriteLine($"Frozen: {before.Count - 2} tensors, {(untouched ? "bit for bit as they were" : "CHANGED")}; states were made for {tuner.Groups.SelectMany(group => group.NamedParameters).Count(parameter => tuner.StepsOf(parameter.Name) > 0)}.");
AnsiConsole.WriteLine($"Test: {tuned}.");

sample.Save(Picture(), "torch-fine-tuning.svg");
return untouched && tuned.Accuracy > 0.9 ? 0 : 1;

double Run(
    TrainingProgress display, string title, ConvolutionalNetwork network, torch.optim.Optimizer optimizer, torch.optim.lr_scheduler.LRScheduler schedule,
    Action<int, Score> epochEnds)
{
    var run = display.Add(title, epochs, train.Count);
    var random = new RandomSource(seed: 1);
    var (started, inSteps) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
    for (var epoch = 1; epoch <= epochs; epoch++)
    {
        var score = run.RunEpoch(train.Batches(random, BatchSize), batch =>
        {
            var loss = network.Backward(batch);
            var stepStarted = Stopwatch.GetTimestamp();
            optimizer.step();
            inSteps += Stopwatch.GetElapsedTime(stepStarted);
            schedule.step();
            return loss;
        });
        epochEnds(epoch, score);
    }

    return inSteps / Stopwatch.GetElapsedTime(started);
}

Figure Picture()
{
    var figure = new Figure(
        "Digits: TorchSharp's AdamW and four rules from the same seed",
        "A convolutional network of TorchSharp, batches of 64, a cosine over all steps.",
        columns: 2, panelWidth: 345, panelHeight: 300);
    var loss = figure.Add("training loss", Axis.Linear(1, epochs, "epoch"), Axis.Linear(0, Math.Ceiling(10 * points.Max(point => point.Train.Loss)) / 10, "mean cross-entropy"));
    var least = Math.Floor(100 * points.Min(point => point.Test.Accuracy));
    var accuracy = figure.Add("test accuracy", Axis.Linear(1, epochs, "epoch"), Axis.Linear(least, 100, "digits classified correctly, %"));
    foreach (var ((name, _), i) in optimizers.Select((optimizer, i) => (optimizer, i)))
    {
        var series = new Series(i % Figure.ColorCount, name, i % 2 == 1 ? "7 3" : null, Markers: true);
        var own = points.Where(point => point.Name == name).ToList();
        figure.Key(series);
        loss.Line(own.Select(point => ((double)point.Epoch, point.Train.Loss)), series with { Label = null });
        accuracy.Line(own.Select(point => ((double)point.Epoch, 100 * point.Test.Accuracy)), series with { Label = null });
    }

    return figure;
}
