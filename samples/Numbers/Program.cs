// Every number that the sources of the samples print, or that other implementations recorded, against ours. The table goes to the
// screen and into README.md; a test fails where the two differ.

using System.Text.Json;
using LinearRegression;
using Numbers;
using OptDsl;
using OptDsl.Samples;
using OptDsl.Schedules;
using Trajectories;
using StepDecay = OptDsl.Schedules.StepDecay;

const string Notes = "lecture notes";
const string Textbook = "textbook";
const string Arithmetic = "arithmetic";

var sample = Sample.Start(args);
var table = new Comparison();

// 1. The momentum matrix of the notes, row by row.
var matrix = Golden("seeds").GetProperty("momentum_matrix");
var first = true;
foreach (var run in matrix.GetProperty("runs").EnumerateArray())
{
    var stepSize = run.GetProperty("lr").GetDouble();
    double[] W = Flat(matrix.GetProperty("W")), v = Flat(matrix.GetProperty("v"));
    new MomentumMatrix.Momentum { StepSize = stepSize }.Update(t: 1, W, Flat(matrix.GetProperty("g")), v);
    if (first)
        AddRows("v'", matrix.GetProperty("v_new_exact_decimal"), v);
    AddRows($"W' with lr = {stepSize}", run.GetProperty("w_exact_decimal"), W);
    first = false;
}

// 2. The step sizes of the notes; then the ready-made schedules against PyTorch's.
var notes = new ScheduleGallery.NotesSchedule();
table.Add(Notes, "warm-up, step size at t = 5", 0.055, notes.At(5));
table.Add(Notes, "cosine, step size at t = 60 (four digits)", 0.0419, notes.At(60));

(string Case, string Name, Schedule Schedule)[] schedules =
[
    ("step", "StepDecay", new StepDecay { Initial = 0.1, Steps = 30, Factor = 0.1 }),
    ("multistep", "MultiStepDecay", new MultiStepDecay { Initial = 0.1, Milestones = [20, 50, 90], Factor = 0.3 }),
    ("exponential", "ExponentialDecay", new ExponentialDecay { Initial = 0.1, Factor = 0.97 }),
    ("polynomial", "PolynomialDecay", new PolynomialDecay { Initial = 0.1, Steps = 100, Power = 2 }),
    ("constant", "Constant", new Constant { Value = 0.1, Steps = 5, Factor = 1.0 / 3 }),
    ("linear", "LinearWarmUp", new LinearWarmUp { Peak = 0.1, InitialShare = 0.25, FinalShare = 1, Steps = 20 }),
    ("cosine", "Cosine", new Cosine { Initial = 0.1, Steps = 50, Final = 0.0001 }),
    ("warmup_cosine", "WarmUpCosine", new WarmUpCosine { Peak = 0.1, InitialShare = 0.1, WarmUpSteps = 10, Steps = 120, Final = 1e-5 }),
    ("onecycle_cos", "OneCycle", new OneCycle { Peak = 0.1, Steps = 120 }),
    ("warm_restarts", "CosineWarmRestarts", new CosineWarmRestarts { Initial = 0.1, Steps = 10, Growth = 2, Final = 0 }),
    ("cyclic_triangular", "Cyclic", new Cyclic { Initial = 0.01, Peak = 0.1, StepsUp = 15, StepsDown = 25 }),
    ("inverse_sqrt", "InverseSquareRoot", new InverseSquareRoot { Peak = 0.1 / Math.Sqrt(10), WarmUpSteps = 10 }),
];
var recorded = Golden("schedules").GetProperty("cases").EnumerateArray().ToDictionary(golden => golden.GetProperty("case").GetString()!);
foreach (var (name, shown, schedule) in schedules)
    table.AddValues(Oracle(recorded[name]), $"{shown} ({recorded[name].GetProperty("rule")})", recorded[name].GetProperty("lr"), schedule.ToArray(120));

// 3. The quadratic from (-5, -2): with the gradient of the textbook's figures, and with that of the f which its text prints.
AddQuadratic("quadratic_unit", "0.1x₁² + x₂²", Landscape.Quadratic);
AddQuadratic("quadratic", "0.1x₁² + 2x₂²", Landscape.Bowl);

// 4. x² sin x from 3.6 comes to rest where 2x sin x + x² cos x = 0, that is tan x = -x/2.
var bottom = 5.0;
for (var i = 0; i < 50; i++)
    bottom = 2 * Math.PI - Math.Atan(bottom / 2);
var walk = Descent.Run(new GradientDescent { StepSize = 0.02 }, x => 2 * x * Math.Sin(x) + x * x * Math.Cos(x), start: 3.6, iterations: 200);
table.Add(Arithmetic, "x² sin x, where the descent from 3.6 rests", bottom, walk[^1]);

// 5. Runs of ready-made rules on the bowl and the ravine, recorded from other implementations.
var loops = Golden("closed_loop").GetProperty("cases").EnumerateArray().ToDictionary(golden => golden.GetProperty("case").GetString()!);
foreach (var (name, landscape, rule) in Library.Recorded)
    table.AddPath(Oracle(loops[name]), $"{rule.Description.Name} on {landscape.Name}", loops[name].GetProperty("x"), Descent.Run(rule, landscape, 60));

// 6. The linear regression: the weights that the data were made with against the estimates.
var points = new Samples(seed: 3);
foreach (var decay in new[] { 0.9, 0.5 })
    table.Add(Textbook, $"w₁, w₂ and b, momentum {decay}", Samples.Truth, Fit.Run(points, Falling(decay), epochs: 6, residual => residual).Weights);
var curve = Fit.Run(points, Falling(0.99), epochs: 3, residual => residual).Curve;
table.AddWords(Textbook, "loss over three epochs, momentum 0.99", "rises", curve[^1].Loss > curve[0].Loss ? "rises" : "FALLS");
var huber = Fit.Run(new Samples(seed: 3, outliers: 0.1), Falling(0.5), epochs: 6, residual => Math.Clamp(residual, -1, 1)).Weights;
table.Add(Arithmetic, "how far outliers move b under Huber's loss: 0.1/0.9", 1.0 / 9, huber[2] - Samples.Truth[2]);

// 7. The moving average: what is left after 1/(1-γ) steps of one gradient, read off the kernel.
foreach (var (decay, reach) in new[] { (0.9, 10), (0.95, 20), (0.99, 100) })
{
    double[] unused = [0], y = [0], corrected = [0];
    var average = new MovingAverage.Average { Decay = decay };
    for (var t = 1; t <= reach + 1; t++)
        average.Update(t, unused, [t == 1 ? 1 : 0], y, corrected);
    table.Add(Textbook, $"{decay}^{reach}, what 1/(1-γ) steps leave of a weight", Math.Pow(decay, reach), y[0] / (1 - decay));
}

// 8. Adam without its bias correction on a constant gradient: (1-0.9ᵗ)/√(1-0.999ᵗ) times the step size.
double[] weight = [0], m = [0], s = [0];
var uncorrected = new MovingAverage.UncorrectedAdam { Epsilon = 0 };
for (var t = 1; t <= 12; t++)
{
    var before = weight[0];
    uncorrected.Update(t, weight, [1], m, s);
    if (t is 1 or 12)
        table.Add(Arithmetic, $"uncorrected Adam, step {t} ÷ η", (1 - Math.Pow(0.9, t)) / Math.Sqrt(1 - Math.Pow(0.999, t)), (before - weight[0]) / uncorrected.StepSize);
}

table.Print();
if (!sample.Short)
{
    var page = Path.Combine(sample.Folder, "README.md");
    var text = File.ReadAllText(page);
    File.WriteAllText(page, text[..text.IndexOf("| source", StringComparison.Ordinal)] + table);
    Console.WriteLine($"Written into {Path.GetRelativePath(Environment.CurrentDirectory, page)}.");
}

// The numbers of others lie with the tests.
JsonElement Golden(string name) =>
    JsonDocument.Parse(File.ReadAllText(Path.Combine(sample.Home, "..", "..", "tests", "OptDsl.Tests", "Golden", $"{name}.json"))).RootElement;

static string Oracle(JsonElement golden) => string.Join(' ', golden.GetProperty("oracle").GetString()!.Split(' ').Take(2)).Replace("torch", "PyTorch");

static double[] Flat(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble())];

static LinearRegression.Momentum Falling(double decay) => new() { Decay = decay, StepSize = new LinearRegression.StepDecay { Initial = 0.2, Steps = 2 * Fit.StepsPerEpoch } };

void AddRows(string quantity, JsonElement theirs, double[] ours)
{
    for (var row = 0; row < 4; row++)
        table.Add(Notes, $"{quantity}, row {row + 1}", Flat(theirs).AsSpan(2 * row, 2), ours.AsSpan(2 * row, 2));
}

void AddQuadratic(string name, string formula, Landscape landscape)
{
    foreach (var run in Golden("seeds").GetProperty(name).GetProperty("runs").EnumerateArray())
    {
        var (eta, gamma) = (run.GetProperty("eta").GetDouble(), run.GetProperty("gamma").GetDouble());
        IUpdateRule<double> rule = gamma == 0 ? new GradientDescent { StepSize = eta } : new HeavyBall { StepSize = eta, Decay = gamma };
        table.AddPath(Textbook, $"{formula}: η = {eta}, γ = {gamma}", run.GetProperty("x"), Descent.Run(rule, landscape, 15));
    }
}
