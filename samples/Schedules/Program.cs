// All ready-made schedules as curves, and the warm-up with cosine of the lecture notes with its two worked steps. A schedule is a
// class with formulas, like a rule; what is drawn is what At(t) returns.

using OptDsl;
using OptDsl.Samples;
using OptDsl.Schedules;
using OptDsl.Training.Charts;
using ScheduleGallery;
using Spectre.Console;

const int Steps = 100;

var sample = Sample.Start(args);

(string Name, Schedule Schedule)[] schedules =
[
    ("Constant", new Constant { Factor = 1.0 / 3, Steps = 20 }),
    ("LinearWarmUp", new LinearWarmUp { InitialShare = 0.1, Steps = 40 }),
    ("StepDecay", new StepDecay { Factor = 0.5, Steps = 20 }),
    ("MultiStepDecay", new MultiStepDecay { Factor = 0.4, Milestones = [30, 50, 90] }),
    ("ExponentialDecay", new ExponentialDecay { Factor = 0.96 }),
    ("PolynomialDecay", new PolynomialDecay { Steps = 80 }),
    ("InverseSquareRoot", new InverseSquareRoot { WarmUpSteps = 15 }),
    ("Cosine", new Cosine { Final = 0.01, Steps = 100 }),
    ("CosineWarmRestarts", new CosineWarmRestarts { Final = 0.005, Steps = 14, Growth = 2 }),
    ("WarmUpCosine", new WarmUpCosine { InitialShare = 0.1, Final = 0.01, WarmUpSteps = 15, Steps = 90 }),
    ("OneCycle", new OneCycle { Steps = 100 }),
    ("Cyclic", new Cyclic { StepsUp = 10, StepsDown = 15 }),
    ("ReduceOnPlateau", OverPlateau()),
];

// Two of them have a setting that changes their shape: the names of both shapes and the step at which they stand, and the second.
var variants = new Dictionary<string, (string First, int At, string Second, int SecondAt, Schedule Schedule)>
{
    ["PolynomialDecay"] = ("power 1", 40, "power 2", 32, new PolynomialDecay { Steps = 80, Power = 2 }),
    ["OneCycle"] = ("two phases", 58, "three", 46, new OneCycle { Steps = 100, ThreePhase = true }),
};

long[] shown = [1, 5, 10, 20, 60, 100];
var table = new Table().Border(TableBorder.Rounded).AddColumn("schedule");
foreach (var step in shown)
    table.AddColumn(new TableColumn($"t = {step}").RightAligned().PadLeft(0));
foreach (var (name, schedule) in schedules)
    table.AddRow([name, .. shown.Select(step => $"{schedule.At(step):0.00000}")]);
AnsiConsole.Write(table);

// The schedule of the notes, and what a rule would be given at its two worked steps.
var notes = new NotesSchedule();
AnsiConsole.WriteLine($"Warm-up and cosine of the notes: {notes.At(5):0.0000} at t = 5, {notes.At(60):0.0000} at t = 60.");

var gallery = Gallery();
sample.Save(gallery, "schedules.svg");
sample.Save(gallery.Excerpt("Two of the ready-made schedules", 1, [.. ((string[])["WarmUpCosine", "OneCycle"]).Select(name => schedules.Index().Single(schedule => schedule.Item.Item1 == name).Index)]), "schedules-preview.svg");
sample.Save(Notes(), "warm-up-cosine.svg");

Figure Gallery()
{
    var figure = new Figure(
        "The ready-made schedules",
        "Step sizes η with a peak of 0.1 over a hundred steps. Any two can be put one after the other: a.Then(steps, b).",
        columns: 3, panelWidth: 205, panelHeight: 120);
    foreach (var (name, schedule) in schedules)
    {
        var panel = figure.Add(name, Axis.Linear(0, Steps, "step t"), Axis.Linear(0, 0.11, "η"));
        panel.Line(Curve(schedule), new Series(0));
        if (!variants.TryGetValue(name, out var variant))
            continue;
        panel.Line(Curve(variant.Schedule), new Series(1, Dash: "5 3"));
        panel.Label(variant.At, schedule.At(variant.At), variant.First, Corner.TopRight);
        panel.Label(variant.SecondAt, variant.Schedule.At(variant.SecondAt), variant.Second, Corner.BottomLeft);
    }

    return figure;
}

Figure Notes()
{
    var figure = new Figure(
        "Warm-up, then cosine",
        "Ten steps up from 0.01 to 0.1, ninety down along a cosine to 0.001. The marked steps are worked out in MomentumMatrix.",
        panelWidth: 760, panelHeight: 280);
    var panel = figure.Add("η = t ≤ 10 ? warm : cosine", Axis.Linear(0, Steps, "step t"), Axis.Linear(0, 0.11, "step size η"));
    panel.Line(Curve(notes), new Series(0, Width: 2.5));
    panel.Mark(5, notes.At(5), $"t = 5: {notes.At(5):0.000}", Corner.BottomRight);
    panel.Mark(60, notes.At(60), $"t = 60: {notes.At(60):0.0000}");
    return figure;
}

// What it does depends on what it is told: here a loss that falls until step 30 and then stays where it is.
static Schedule OverPlateau()
{
    var plateau = new ReduceOnPlateau { Factor = 0.4, Patience = 15 };
    var values = new double[Steps + 1];
    for (var t = 1; t <= Steps; t++)
    {
        values[t] = plateau.At(t);
        plateau.Observe(Math.Max(0.4, 1 - (0.02 * t)));
    }

    return Schedule.From(t => values[Math.Clamp(t, 1, Steps)]);
}

// Between two steps the value does not change: a jump is drawn upright.
static IEnumerable<(double X, double Y)> Curve(Schedule schedule)
{
    for (var t = 1; t <= Steps; t++)
    {
        if (t > 2 && Math.Abs(schedule.At(t) - schedule.At(t - 1)) > 5 * Math.Abs(schedule.At(t - 1) - schedule.At(t - 2)) + 1e-3)
            yield return (t, schedule.At(t - 1));
        yield return (t, schedule.At(t));
    }
}
