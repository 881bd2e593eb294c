// Optimizers walking downhill. First the textbook's quadratic, where gradient descent with a step a little too large diverges
// and a little momentum cures it; then a function of one variable; then all ready-made rules on four landscapes.

using OptDsl;
using OptDsl.Samples;
using OptDsl.Training.Charts;
using Spectre.Console;
using Trajectories;

const int Iterations = 15;
const int WaveSteps = 40;

var sample = Sample.Start(args);

// 1. The quadratic from (-5, -2), four ways.
(string Name, IUpdateRule<double> Rule)[] runs =
[
    ("gradient descent, η = 0.9", new GradientDescent { StepSize = 0.9 }),
    ("gradient descent, η = 1.1", new GradientDescent { StepSize = 1.1 }),
    ("momentum, η = 0.9, γ = 0.2", new HeavyBall { StepSize = 0.9, Decay = 0.2 }),
    ("momentum, η = 1.1, γ = 0.2", new HeavyBall { StepSize = 1.1, Decay = 0.2 }),
];
var paths = runs.Select(run => Descent.Run(run.Rule, Landscape.Quadratic, Iterations)).ToArray();

AnsiConsole.WriteLine("f = 0.1x₁² + x₂² from (-5, -2): x₁ and x₂ after each iteration");
var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("t").RightAligned());
foreach (var (name, _) in runs)
    table.AddColumn(new TableColumn(name).RightAligned().PadLeft(0));
for (var t = 0; t <= Iterations; t++)
    table.AddRow([$"{t}", .. paths.Select(path => $"{path[t].X:0.0000} {path[t].Y,8:0.0000}")]);
AnsiConsole.Write(table);
var quadratic = FourPanels();
sample.Save(quadratic, "quadratic.svg");
sample.Save(quadratic.Excerpt("The quadratic 0.1x₁² + x₂²", 1, 1, 3), "quadratic-preview.svg");

// 2. x² sin x from 3.6: a step that is right, one that jumps from wall to wall for ever, and momentum, which ends the jumping.
static double Wave(double x) => x * x * Math.Sin(x);
static double WaveSlope(double x) => 2 * x * Math.Sin(x) + x * x * Math.Cos(x);
(string Name, IUpdateRule<double> Rule)[] walks =
[
    ("gradient descent, η = 0.02", new GradientDescent { StepSize = 0.02 }),
    ("gradient descent, η = 0.07", new GradientDescent { StepSize = 0.07 }),
    ("momentum, η = 0.07, γ = 0.3", new HeavyBall { StepSize = 0.07, Decay = 0.3 }),
];
var visited = walks.Select(walk => Descent.Run(walk.Rule, WaveSlope, start: 3.6, WaveSteps)).ToArray();
for (var i = 0; i < walks.Length; i++)
    AnsiConsole.WriteLine($"x² sin x from 3.6, {walks[i].Name}: after {WaveSteps} steps x = {visited[i][^1]:0.000000}, f = {Wave(visited[i][^1]):0.000000}");
var wave = OneDimension();
sample.Save(wave, "wave.svg");
sample.Save(wave.Excerpt("x² sin x from 3.6", 1, 1, 2), "wave-preview.svg");

// 3. Runs that other implementations have recorded, to compare by eye; the tests compare them digit by digit.
AnsiConsole.WriteLine("Recorded runs: the point after 60 steps");
table = new Table().Border(TableBorder.Rounded).AddColumns("case", "x₁", "x₂");
foreach (var (name, landscape, rule) in Library.Recorded)
{
    var (x, y) = Descent.Run(rule, landscape, 60)[^1];
    table.AddRow(name, $"{x:0.000000000000}", $"{y:0.000000000000}");
}

AnsiConsole.Write(table);

// 4. All ready-made rules on four landscapes, each with the step size that takes it lowest. The starts are no multiples of any step
// size: a rule whose steps have one length cannot come to the bottom exactly.
sample.Save(Atlas(Landscape.Bowl with { Start = (-4.737, -1.913) }, 60, "Flat along, twenty times as steep across."), "bowl.svg");
sample.Save(Atlas(Landscape.Ravine with { Start = (-1.217, 1.043) }, 300, "Rosenbrock's bent valley: easy to fall into, hard to walk along."), "ravine.svg");
sample.Save(Atlas(Landscape.Saddle with { Start = (-2.537, 0.0213) }, 60, "Across the pass the slope is all but zero at the start: who leaves it?"), "saddle.svg");
var twoHoles = Atlas(Landscape.TwoHoles with { Start = (-4.043, 0.827) }, 100, "A shallow hole before the deep one: who passes it?");
sample.Save(twoHoles, "two-holes.svg");
string[] six = ["Momentum", "Qhm", "AdamW", "Lion", "Lamb", "ScheduleFreeSgd"];
sample.Save(twoHoles.Excerpt("Two holes, six of all rules", 2, [.. six.Select(name => Library.Rules.Index().Single(rule => rule.Item.Name == name).Index)]), "two-holes-preview.svg");

Figure FourPanels()
{
    var figure = new Figure(
        "The quadratic 0.1x₁² + x₂² from (−5, −2)",
        "Beyond η = 1 gradient descent overshoots further each time; a fifth of the old velocity cures it. f: after 15 iterations.",
        columns: 2, panelWidth: 330, panelHeight: 240);
    for (var i = 0; i < runs.Length; i++)
    {
        var (x, y) = paths[i][^1];
        var panel = figure.Add($"{runs[i].Name}: f = {ChartText.Brief(Landscape.Quadratic.Value(x, y))}", Landscape.Quadratic.X, Landscape.Quadratic.Y);
        panel.Contour(Landscape.Quadratic.Lines);
        panel.Goal(0, 0);
        panel.Line(paths[i], new Series(i < 2 ? 1 : 0, Markers: true, Width: 1.6));
    }

    return figure;
}

Figure OneDimension()
{
    var figure = new Figure(
        "x² sin x from 3.6",
        $"The first {WaveSteps} points. A step of 0.07 is too large for the bottom of this hole, where the curvature is 30; 0.3 of the old velocity makes it right again.",
        columns: 3, panelWidth: 208, panelHeight: 220);
    for (var i = 0; i < walks.Length; i++)
    {
        var panel = figure.Add(walks[i].Name, Axis.Linear(3.4, 6, "x"), Axis.Linear(-27, -2, "f(x)"));
        panel.Line(Enumerable.Range(0, 131).Select(step => 3.4 + 0.02 * step).Select(x => (x, Wave(x))), new Series(5, Width: 1.2));
        panel.Line(visited[i].Select(x => (x, Wave(x))), new Series(i < 2 ? 1 : 0, Markers: true, Width: 0.9));
        panel.Mark(visited[i][0], Wave(visited[i][0]), "start");
        panel.Note($"f = {ChartText.Number(Math.Round(Wave(visited[i][^1]), 3))}", Corner.BottomLeft);
    }

    return figure;
}

Figure Atlas(Landscape landscape, int steps, string question)
{
    var figure = new Figure(
        $"{landscape.Name[..1].ToUpperInvariant()}{landscape.Name[1..]}, all ready-made rules, {steps} steps",
        $"{question} Every rule starts at the ring and goes with the one of eight step sizes η, 0.0003 to 1, that takes it lowest; f is where it ends, × the lowest point. x₁ to the right, x₂ upwards.",
        columns: 5, panelWidth: 150, panelHeight: 104, bare: true);
    foreach (var (family, label) in Library.Families)
        figure.Key(new Series((int)family, label));
    foreach (var (name, family, create) in Library.Rules)
    {
        var (stepSize, path, value) = Best(create, landscape, steps);
        var panel = figure.Add(name, landscape.X, landscape.Y);
        panel.Caption = $"η = {ChartText.Number(stepSize)}, f {(value < 1e-15 ? "< 10⁻¹⁵" : $"= {ChartText.Brief(value)}")}";
        panel.Contour(landscape.Lines);
        if (landscape.Goal is { } goal)
            panel.Goal(goal.X, goal.Y);
        panel.Line(path, new Series((int)family, Markers: steps <= 100, Width: 1.1));
        panel.Mark(landscape.Start.X, landscape.Start.Y);
    }

    return figure;
}

// The step size, out of eight, after which the last point lies lowest.
static (double StepSize, (double X, double Y)[] Path, double Value) Best(Func<double, IUpdateRule<double>> create, Landscape landscape, int steps)
{
    double[] stepSizes = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
    return stepSizes
        .Select(stepSize => (StepSize: stepSize, Path: Descent.Run(create(stepSize), landscape, steps)))
        .Select(run => (run.StepSize, run.Path, Value: landscape.Value(run.Path[^1].X, run.Path[^1].Y)))
        .Where(run => double.IsFinite(run.Value))
        .MinBy(run => run.Value);
}
