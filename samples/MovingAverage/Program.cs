// What 1/(1-γ) means: how long an exponential moving average remembers, and what its start at zero costs without correction.
// All numbers come out of the generated kernels, by showing them one gradient after the other.

using MovingAverage;
using OptDsl;
using OptDsl.Samples;
using OptDsl.Samples.Learning;
using OptDsl.Training.Charts;
using Spectre.Console;

const int Steps = 120;
const int AdamSteps = 20_000;

var sample = Sample.Start(args);
double[] decays = [0.9, 0.95, 0.99];

// 1. A single gradient of one, then zeros: what is left of it after k steps is the weight of a gradient k steps back.
var weights = decays.Select(decay => Run(decay, t => t == 1 ? 1 : 0, Steps).Plain).ToArray();

// 2. A gradient of one at every step, with noise: the plain average has to climb to it from zero, the corrected one does not.
var random = new RandomSource(seed: 7);
var noisy = Enumerable.Range(0, Steps).Select(_ => 1 + 0.3 * random.NextGaussian()).ToArray();
var (plain, corrected) = Run(0.95, t => noisy[t - 1], Steps);

// 3. The steps of Adam on a constant gradient, as multiples of the step size, with and without the correction.
var adam = AdamStepSizes(new Adam());
var uncorrected = AdamStepSizes(new UncorrectedAdam());

var table = new Table().Border(TableBorder.Rounded).AddColumns("γ", "1/(1-γ)", "weight now", "weight 1/(1-γ) steps back", "their ratio", "share of the last 1/(1-γ)");
for (var i = 0; i < decays.Length; i++)
{
    var reach = (int)Math.Round(1 / (1 - decays[i]));
    table.AddRow($"{decays[i]}", $"{reach}", $"{weights[i][0]:0.0000}", $"{weights[i][reach]:0.0000}", $"{weights[i][reach] / weights[i][0]:0.0000}", $"{weights[i].Take(reach).Sum():0.0000}");
}

AnsiConsole.Write(table);
AnsiConsole.WriteLine($"A gradient of one throughout, γ = 0.9: the plain average starts at {Run(0.9, _ => 1, 1).Plain[0]:0.0000}, the corrected one at {Run(0.9, _ => 1, 1).Corrected[0]:0.0000}.");
var largest = Array.IndexOf(uncorrected, uncorrected.Max());
AnsiConsole.WriteLine($"Adam without correction: the first step is {uncorrected[0] / uncorrected[^1]:0.00} times the settled one, the largest {uncorrected[largest] / uncorrected[^1]:0.00} times at t = {largest + 1}.");
AnsiConsole.WriteLine($"Adam as published: the first step is {adam[0] / adam[^1]:0.00} times the settled one, the largest {adam.Max() / adam[^1]:0.00} times.");
var picture = Picture();
sample.Save(picture, "moving-average.svg");
sample.Save(picture.Excerpt("What a moving average remembers", 1, 0), "moving-average-preview.svg");

// The average, plain and corrected, after each of the gradients.
static (double[] Plain, double[] Corrected) Run(double decay, Func<int, double> gradient, int steps)
{
    var rule = new Average { Decay = decay };
    double[] unused = [0], y = [0], yHat = [0];
    var (plain, corrected) = (new double[steps], new double[steps]);
    for (var t = 1; t <= steps; t++)
    {
        rule.Update(t, unused, [gradient(t)], y, yHat);
        (plain[t - 1], corrected[t - 1]) = (y[0], yHat[0]);
    }

    return (plain, corrected);
}

// How far a weight moves at each step under a gradient of one, as a multiple of the step size.
static double[] AdamStepSizes(IUpdateRule<double> rule)
{
    double[] weight = [0], gradient = [1];
    var optimizer = new Optimizer<double>();
    optimizer.Add(rule, new Parameter<double>("W", weight, gradient));
    var sizes = new double[AdamSteps];
    for (var t = 0; t < AdamSteps; t++)
    {
        var before = weight[0];
        optimizer.Step();
        sizes[t] = (before - weight[0]) / 0.001;
    }

    return sizes;
}

Figure Picture()
{
    var figure = new Figure(
        "What a moving average remembers, and what its start costs",
        "y ← γy + (1−γ)g starts at zero. Divided by 1−γᵗ it is an average of the gradients seen from the first step on.",
        columns: 2, panelWidth: 335, panelHeight: 250);

    var memory = figure.Add("the weight of one gradient", Axis.Linear(0, 100, "steps back k"), Axis.Linear(0, 0.105, "(1−γ)γᵏ"));
    for (var i = 0; i < decays.Length; i++)
    {
        memory.Line(weights[i].Select((weight, k) => ((double)k, weight)), new Series(i, $"γ = {decays[i]}"));
        var reach = (int)Math.Round(1 / (1 - decays[i]));
        if (reach < 100)
            memory.Mark(reach, weights[i][reach], $"1/(1−γ) = {reach}");
    }

    memory.Mark(99.6, weights[2][100], "1/(1−γ) = 100", Corner.TopLeft);

    var share = figure.Add("the weight of the last k gradients together", Axis.Linear(0, 100, "k"), Axis.Linear(0, 1.05, "1−γᵏ"));
    share.Legend = Corner.BottomRight;
    for (var i = 0; i < decays.Length; i++)
    {
        var sums = Enumerable.Range(0, 101).Select(k => weights[i].Take(k).Sum()).ToArray();
        var reach = (int)Math.Round(1 / (1 - decays[i]));
        share.Line(sums.Select((sum, k) => ((double)k, sum)), new Series(i, $"γ = {decays[i]}: {100 * sums[reach]:0} % at k = {reach}"));
        share.Mark(reach, sums[reach]);
    }

    var start = figure.Add("the start, γ = 0.95, noise around one", Axis.Linear(1, Steps, "step t"), Axis.Linear(0, 2.9, "y"));
    start.Line(noisy.Select((g, i) => (i + 1.0, g)), new Series(5, "gradient", Width: 0.7));
    start.Line(plain.Select((y, i) => (i + 1.0, y)), new Series(1, "average", Dash: "6 3", Width: 2.5));
    start.Line(corrected.Select((y, i) => (i + 1.0, y)), new Series(0, "corrected average", Width: 2.5));

    var steps = figure.Add("Adam on a constant gradient", Axis.Logarithmic(1, 10_000, "step t"), Axis.Linear(0, 10, "step ÷ η"));
    steps.Line(Thinned(uncorrected), new Series(1, "without correction (OPT301)", Dash: "6 3", Width: 2.5));
    steps.Line(Thinned(adam), new Series(0, "as published", Width: 2.5));
    steps.Mark(largest + 1, uncorrected[largest], $"{uncorrected[largest] / uncorrected[^1]:0.0}× at t = {largest + 1}");
    return figure;
}

// What a logarithmic axis can show of many steps: all of the first fifty, then ever fewer.
static IEnumerable<(double X, double Y)> Thinned(double[] sizes)
{
    for (var t = 1; t <= sizes.Length; t += Math.Max(1, t / 50))
        yield return (t, sizes[t - 1]);
}
