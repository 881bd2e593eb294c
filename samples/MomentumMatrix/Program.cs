// One step of momentum on a matrix of 4 × 2 weights, number by number, with the formula as the lecture notes print it;
// then the same velocity under two other step sizes of a warm-up-and-cosine schedule.

using MomentumMatrix;
using OptDsl.Samples;
using OptDsl.Training.Charts;
using Spectre.Console;

var sample = Sample.Start(args);

double[] weights = [10, 2, 10, 1, -8, 9, 1, 10];
double[] velocity = [0.1, -0.1, 0.1, -0.2, -0.2, 0.1, 0, 0.2];
double[] gradient = [-0.5, 0.4, -0.6, 0.3, 0.2, 0.5, -0.4, 0.2];

// 1. One step with the constant step size 0.1.
var W = weights.ToArray();
var v = velocity.ToArray();
new Momentum { StepSize = 0.1 }.Update(t: 1, W, gradient, v);

AnsiConsole.WriteLine("v' = 0.9 v + g + 0.005 W");
Show(
    ("0.9 v", [.. velocity.Select(x => 0.9 * x)]),
    ("g", gradient),
    ("0.005 W", [.. weights.Select(x => 0.005 * x)]),
    ("v'", v));
AnsiConsole.WriteLine("W' = W - 0.1 v'");
Show(("W", weights), ("0.1 v'", [.. v.Select(x => 0.1 * x)]), ("W'", W));

// 2. The step sizes of the notes: ten steps of warm-up from 0.01 to 0.1, then a cosine down to 0.001 at step 100.
var schedule = new WarmupCosine();
AnsiConsole.WriteLine("Step sizes of the warm-up and the cosine");
var stepSizes = new Table().Border(TableBorder.Rounded).AddColumn("t").AddColumn("lr");
stepSizes.Columns[0].RightAligned();
long[] steps = [1, 2, 5, 10, 20, 40, 60, 80, 100];
foreach (var step in steps)
    stepSizes.AddRow($"{step}", $"{schedule.At(step):0.000000}");
AnsiConsole.Write(stepSizes);

// 3. The same velocity under two of them, rounded to four digits as in the notes.
foreach (var (step, name) in new[] { (5L, "warm-up, t = 5"), (60L, "cosine, t = 60") })
{
    var stepSize = Math.Round(schedule.At(step), 4);
    var scheduled = weights.ToArray();
    new Momentum { StepSize = stepSize }.Update(step, scheduled, gradient, velocity.ToArray());
    AnsiConsole.WriteLine($"W' = W - {stepSize:0.####} v' ({name})");
    Show(("W'", scheduled));
}

var picture = Picture();
sample.Save(picture, "momentum-matrix.svg");
sample.Save(picture.Excerpt("v' = μv + g + λW", 1, 0), "momentum-matrix-preview.svg");

// Each row of W is the weights of one class: a point in the plane. The three parts of its new velocity, tip to tail.
Figure Picture()
{
    var figure = new Figure(
        "v' = μv + g + λW, one class a panel",
        "Tip to tail: what is left of the old velocity, the gradient, the pull of weight decay; together the new velocity.",
        columns: 2, panelWidth: 315, panelHeight: 315);
    Series kept = new(0, "μv"), gradients = new(1, "g"), decay = new(4, "λW"), sum = new(2, "v'", Width: 3);
    foreach (var series in (Series[])[kept, gradients, decay, sum])
        figure.Key(series);
    for (var row = 0; row < 4; row++)
    {
        var (i, j) = (2 * row, 2 * row + 1);
        var panel = figure.Add($"row {row + 1}: W = ({weights[i]:0}, {weights[j]:0})".Replace('-', '−'), Axis.Linear(-0.66, 0.28, "v₁"), Axis.Linear(-0.22, 0.72, "v₂"));
        (double X, double Y) first = (0.9 * velocity[i], 0.9 * velocity[j]);
        (double X, double Y) second = (first.X + gradient[i], first.Y + gradient[j]);
        panel.Arrow((0, 0), first, kept);
        panel.Arrow(first, second, gradients);
        panel.Arrow(second, (v[i], v[j]), decay);
        panel.Arrow((0, 0), (v[i], v[j]), sum);
        panel.Note($"v' = ({ChartText.Number(Math.Round(v[i], 6))}, {ChartText.Number(Math.Round(v[j], 6))})", Corner.TopLeft);
    }

    return figure;
}

// Matrices of four rows and two columns, side by side.
static void Show(params (string Name, double[] Values)[] matrices)
{
    var table = new Table().Border(TableBorder.Rounded);
    foreach (var (name, _) in matrices)
    {
        table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        table.AddColumn(new TableColumn("").RightAligned());
    }

    for (var row = 0; row < 4; row++)
        table.AddRow([.. matrices.SelectMany(matrix => matrix.Values.Skip(2 * row).Take(2)).Select(value => $"{Math.Round(value, 9):0.#########}")]);
    AnsiConsole.Write(table);
}
