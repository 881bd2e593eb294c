// The same network, the same start and the same batches, trained with AdamW and with Muon, which is declared in Muon.cs: the loss over
// steps, and the loss over seconds. A step of Muon multiplies matrices and costs more; the second picture says whether it was worth it.

using OptDsl;
using OptDsl.Rules;
using OptDsl.Samples;
using OptDsl.Samples.Learning;
using OptDsl.Schedules;
using OptDsl.Training.Charts;
using OrthogonalMomentum;
using Quickstart;
using Spectre.Console;
using Muon = OrthogonalMomentum.Muon;

const int BatchSize = 64;
const int Hidden = 256;

var sample = Sample.Start(args);

// 1. Draw what the last full run measured: times differ from run to run.
var recorded = Path.Combine(AppContext.BaseDirectory, "curves.csv");
if (sample.Short)
    sample.Save(Picture(EpochPoint.Read(recorded)), "orthogonal-momentum.svg");

var (train, test) = Digits.Load(new RandomSource(seed: 7));
var epochs = sample.Short ? 2 : 12;
var hidden = sample.Short ? 64 : Hidden;
double[] rates = sample.Short ? [0.01] : [0.001, 0.003, 0.01, 0.03];
var stepsOfAnEpoch = train.Count / BatchSize;

// 2. Each rule with four step sizes. All train side by side, an epoch each in turn, so that what disturbs the machine disturbs all alike.
TrainingCurve[] curves = [.. rates.SelectMany(rate => (TrainingCurve[])[WithAdamW(rate), WithMuon(rate)])];
for (var epoch = 0; epoch < epochs; epoch++)
{
    foreach (var curve in curves)
        curve.RunEpoch(train.Batches(new RandomSource(seed: (ulong)epoch), BatchSize));
}

// 3. Of each rule the best of the four, by its last loss: what a step costs, and what it is worth.
TrainingCurve[] best = [.. curves.GroupBy(curve => curve.Rule).Select(group => group.MinBy(curve => double.IsNaN(curve.LastLoss) ? double.MaxValue : curve.LastLoss)!)];
var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "step size", "last loss", "test accuracy", "a step", "of it the optimizer");
foreach (var curve in best)
    table.AddRow(curve.Rule, $"{curve.Rate}", $"{curve.LastLoss:0.00000}", $"{100 * curve.Network.Evaluate(test).Accuracy:0.0} %", $"{1000 * curve.SecondsPerStep:0.00} ms", $"{100 * curve.ShareOfSteps:0} %");
AnsiConsole.Write(table);

var target = best.Max(curve => curve.LastLoss);
foreach (var curve in best)
{
    var epoch = curve.Points.TakeWhile(point => point.Loss > target).Count();
    AnsiConsole.WriteLine($"{curve.Rule} has a loss of {target:0.00000} after {curve.Points[epoch].Steps:N0} steps and {curve.Points[epoch].Seconds:0.0} s.");
}

if (!sample.Short)
{
    List<EpochPoint> points = [.. best.SelectMany(curve => curve.Points)];
    EpochPoint.Write(Path.Combine(sample.Folder, "curves.csv"), points);
    sample.Save(Picture(EpochPoint.Read(Path.Combine(sample.Folder, "curves.csv"))), "orthogonal-momentum.svg");
}

return best.All(curve => curve.Network.Evaluate(test).Accuracy > 0.9) ? 0 : 1;

TrainingCurve WithAdamW(double rate)
{
    var network = NewNetwork();
    var optimizer = new Optimizer<float>();
    optimizer.Add(new AdamW { LearningRate = Warmed(rate) }, network.Parameters);
    return new TrainingCurve("AdamW", rate, network, optimizer);
}

TrainingCurve WithMuon(double rate)
{
    // Muon is for the matrices inside the network; biases and the head are a group of their own.
    var network = NewNetwork();
    var optimizer = new Optimizer<float>();
    optimizer.Add(new Muon { LearningRate = Warmed(rate) }, network.Parameters.Where(IsInside));
    optimizer.Add(new AdamW { LearningRate = Warmed(rate) }, network.Parameters.Where(parameter => !IsInside(parameter)));
    return new TrainingCurve("Muon", rate, network, optimizer);

    static bool IsInside(Parameter<float> parameter) => parameter.Rank == 2 && parameter.Name.StartsWith("body.", StringComparison.Ordinal);
}

Network NewNetwork() => new(new RandomSource(seed: 5), Digits.Pixels, hidden, hidden, Digits.Classes);

Schedule Warmed(double rate) => new WarmUpCosine { Peak = rate, InitialShare = 0.1, WarmUpSteps = stepsOfAnEpoch / 4, Steps = epochs * stepsOfAnEpoch };

static Figure Picture(List<EpochPoint> points)
{
    var figure = new Figure(
        "AdamW and Muon, the same network",
        $"Handwritten digits, a network of {Digits.Pixels}, {Hidden}, {Hidden} and {Digits.Classes} units, batches of {BatchSize}; each with the best of four step sizes.",
        columns: 2, panelWidth: 345, panelHeight: 300);
    var losses = Axis.Logarithmic(points.Min(point => point.Loss) / 2, points.Max(point => point.Loss) * 2, "training loss");
    var overSteps = figure.Add("over steps", Axis.Linear(0, points.Max(point => point.Steps), "steps"), losses);
    var overTime = figure.Add("over seconds", Axis.Linear(0, points.Max(point => point.Seconds), "seconds"), losses);
    foreach (var (rule, i) in points.Select(point => point.Rule).Distinct().Select((rule, i) => (rule, i)))
    {
        var series = new Series(i, rule, i == 1 ? "7 3" : null, Markers: true);
        var own = points.Where(point => point.Rule == rule).ToList();
        figure.Key(series);
        overSteps.Line(own.Select(point => ((double)point.Steps, point.Loss)), series with { Label = null });
        overTime.Line(own.Select(point => (point.Seconds, point.Loss)), series with { Label = null });
    }

    return figure;
}
