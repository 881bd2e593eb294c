// A line through 1,000 noisy points. How much momentum is too much; and what a tenth of wrong points does to the squared loss,
// and does not do to Huber's.

using LinearRegression;
using OptDsl.Samples;
using OptDsl.Training.Charts;
using Spectre.Console;

const int Epochs = 6;

var sample = Sample.Start(args);

// 1. Three amounts of momentum. The step size 0.2 is divided by ten every two epochs.
var clean = new Samples(seed: 3);
var decays = new[] { 0.99, 0.9, 0.5 };
var fits = decays.Select(decay => Fit.Run(clean, NewRule(decay), Epochs, Squared)).ToArray();

var table = new Table().Border(TableBorder.Rounded).AddColumns("", "w₁", "w₂", "b", "loss");
table.AddRow("truth", $"{Samples.Truth[0]:0.0000}", $"{Samples.Truth[1]:0.0000}", $"{Samples.Truth[2]:0.0000}", $"{clean.MeanLoss(Samples.Truth):0.0000000}");
for (var i = 0; i < decays.Length; i++)
    AddRow($"momentum {decays[i]}", fits[i].Weights, clean);
AnsiConsole.Write(table);

// 2. A tenth of the points is off by 20. The squared loss follows them; Huber's pulls with at most δ = 1.
var dirty = new Samples(seed: 3, outliers: 0.1);
var squared = Fit.Run(dirty, NewRule(0.5), Epochs, Squared);
var huber = Fit.Run(dirty, NewRule(0.5), Epochs, residual => Math.Clamp(residual, -1, 1));
AnsiConsole.WriteLine("With a tenth of the points off by 20 (the loss is that of the clean points):");
table = new Table().Border(TableBorder.Rounded).AddColumns("", "w₁", "w₂", "b", "loss");
AddRow("squared loss", squared.Weights, clean);
AddRow("Huber, δ = 1", huber.Weights, clean);
AnsiConsole.Write(table);

var picture = Picture();
sample.Save(picture, "linear-regression.svg");
sample.Save(picture.Excerpt("A line through 1,000 points", 1, 0), "linear-regression-preview.svg");

static double Squared(double residual) => residual;

static Momentum NewRule(double decay) => new() { Decay = decay, StepSize = new StepDecay { Initial = 0.2, Steps = 2 * Fit.StepsPerEpoch } };

void AddRow(string name, double[] w, Samples points) =>
    table.AddRow(name, $"{w[0]:0.0000}", $"{w[1]:0.0000}", $"{w[2]:0.0000}", $"{points.MeanLoss(w):0.0000000}");

Figure Picture()
{
    var figure = new Figure(
        "A line through 1,000 points, ten at a time",
        "Left: the loss over six epochs; the step size 0.2 is divided by ten every two. Right: a tenth of the points is off by 20.",
        columns: 2, panelWidth: 345, panelHeight: 290);
    var losses = figure.Add("momentum", Axis.Linear(0, Epochs, "epoch"), Axis.Logarithmic(1e-8, 1e6, "mean loss"));
    losses.Legend = Corner.BottomRight;
    for (var i = 0; i < decays.Length; i++)
        losses.Line(fits[i].Curve, new Series(i, $"γ = {decays[i]}"));

    // The points seen along x₁, with what the other variable explains taken off.
    var lines = figure.Add("squared loss against Huber's", Axis.Linear(-3, 3, "x₁"), Axis.Linear(-6, 32, "y + 3.4x₂"));
    lines.Legend = Corner.TopLeft;
    lines.Dots(Enumerable.Range(0, Samples.Count).Where(i => i % 4 == 0).Select(i => (dirty.X1[i], dirty.Y[i] - Samples.Truth[1] * dirty.X2[i])), color: 5);
    lines.Line(Along(squared.Weights), new Series(1, "squared loss", Dash: "6 3", Width: 2.5));
    lines.Line(Along(huber.Weights), new Series(0, "Huber, δ = 1", Width: 2.5));
    return figure;
}

static IEnumerable<(double X, double Y)> Along(double[] w) => new[] { -3.0, 3.0 }.Select(x => (x, w[0] * x + w[2]));
