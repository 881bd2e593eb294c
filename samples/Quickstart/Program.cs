// Trains a small network on handwritten digits with an optimizer that is declared in this project, then freezes its body and
// fine-tunes the head alone. Momentum.cs and WarmupCosine.cs hold the declarations: the formulas, as the paper prints them.

using System.Diagnostics;
using OptDsl;
using OptDsl.Samples;
using OptDsl.Samples.Learning;
using OptDsl.Training;
using Quickstart;
using Spectre.Console;

// This one, also for those who add: using OptDsl.Rules.
using Momentum = Quickstart.Momentum;

const int BatchSize = 32;

var sample = Sample.Start(args);
var clock = Stopwatch.StartNew();
var random = new RandomSource(seed: 2024);
var (train, test) = Digits.Load(random);
var network = new Network(random, Digits.Pixels, 64, Digits.Classes);
AnsiConsole.WriteLine($"Digits: {train.Count / 5:N0} to train on, each also shifted by a pixel in four directions; {test.Count:N0} to test on.");
AnsiConsole.WriteLine($"Network: 64 inputs, 64 hidden units, 10 classes: {network.Parameters.Sum(p => p.Length):N0} weights in {network.Parameters.Count} tensors.");

var inTraining = TimeSpan.Zero;
var inSteps = TimeSpan.Zero;

// 1. Train everything. Biases are a group of their own: weight decay is for weights.
var epochs = sample.Short ? 8 : 20;
var optimizer = NewOptimizer(peak: 0.1, epochs);
Run("All layers", optimizer, epochs, headOnly: false);
var trained = network.Evaluate(test);
AnsiConsole.WriteLine($"Test: {trained}.");

// 2. Put a new head on the trained body, freeze the body, and fine-tune the head alone.
network.ResetHead(random);
AnsiConsole.WriteLine($"With a new, random head: {network.Evaluate(test)}.");
var tuningEpochs = sample.Short ? 3 : 5;
var tuner = NewOptimizer(peak: 0.05, tuningEpochs);
var frozen = tuner.Freeze(name => name.StartsWith("body.", StringComparison.Ordinal));
var body = network.Parameters[0].Value.ToArray();
Run("New head", tuner, tuningEpochs, headOnly: true);
var untouched = network.Parameters[0].Value.Span.SequenceEqual(body);
AnsiConsole.WriteLine($"Frozen: {frozen} tensors, {(untouched ? "bit for bit as they were" : "CHANGED")}.");

var final = network.Evaluate(test);
AnsiConsole.WriteLine($"Test: {final}: {final.Correct} of {final.Count} right.");
AnsiConsole.WriteLine();

// 3. What the generated kernel did.
var kernel = optimizer.Groups[0].Rule.Description;
var pass = kernel.Passes[0];
var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn("");
table.AddRow("Kernel", kernel.Name);
table.AddRow("Formulas", Markup.Escape(kernel.Formulas.Trim()));
table.AddRow("Passes over memory", $"{kernel.Passes.Count}: reads {string.Join(", ", pass.Reads)}; writes {string.Join(", ", pass.Writes)}");
table.AddRow("Bytes an element", $"{kernel.BytesPerElement(sizeof(float))}");
table.AddRow("Steps", $"{optimizer.StepCount:N0} with all layers, {tuner.StepCount:N0} with the head");
table.AddRow("Share of the time", $"{100 * inSteps / inTraining:0.0} % of training was spent in Step()");
AnsiConsole.Write(table);
Console.WriteLine($"Read the kernel: {Sample.GeneratedFile(typeof(Momentum))}");
AnsiConsole.WriteLine($"All in {clock.Elapsed.TotalSeconds:0.0} s.");
return final.Accuracy >= 0.96 ? 0 : 1;

Optimizer<float> NewOptimizer(double peak, int epochs)
{
    var steps = epochs * (train.Count / BatchSize);
    var schedule = new WarmupCosine { Initial = peak / 10, Peak = peak, Final = peak / 100, WarmUpSteps = steps / 10, Steps = steps };
    var optimizer = new Optimizer<float>();
    optimizer
        .Add(new Momentum { LearningRate = schedule, WeightDecay = 5e-4 }, network.Parameters)
        .Except(parameter => parameter.Rank < 2, new Momentum { LearningRate = schedule, WeightDecay = 0 });
    return optimizer;
}

void Run(string title, Optimizer<float> optimizer, int epochs, bool headOnly) => TrainingProgress.Show(display =>
{
    var run = display.Add(title, epochs, train.Count);
    var started = Stopwatch.GetTimestamp();
    for (var epoch = 1; epoch <= epochs; epoch++)
    {
        run.RunEpoch(train.Batches(random, BatchSize), batch =>
        {
            var score = network.Backward(batch, headOnly);
            var stepStarted = Stopwatch.GetTimestamp();
            optimizer.Step();
            inSteps += Stopwatch.GetElapsedTime(stepStarted);
            return score;
        });
    }

    inTraining += Stopwatch.GetElapsedTime(started);
});
