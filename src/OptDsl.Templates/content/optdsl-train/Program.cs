// Trains a small network to draw a sine, and goes on where it stopped when it is run again: dotnet run. Start anew: delete training.safetensors.

using System.Globalization;
using OptDsl;
using OptDsl.Schedules;

const int Steps = 2000;
const string Checkpoint = "training.safetensors";

var network = new Network(seed: 1);
var optimizer = new Optimizer<float> { ZeroGradients = true, MeasuresSteps = true, Clipping = GradientClipping.ByGlobalNorm(1) };
var group = optimizer.Add(
    new Rule { LearningRate = new WarmUpCosine { Peak = 0.02, WarmUpSteps = 50, Steps = Steps } },
    new Parameter<float>("body", network.Body, network.BodyGradient),
    new Parameter<float>("offset", network.Offset, network.OffsetGradient),
    new Parameter<float>("head", network.Head, network.HeadGradient));
if (File.Exists(Checkpoint))
    Console.WriteLine($"Resumed: {optimizer.Load(Checkpoint)}");

using var log = new StreamWriter("training.csv", append: optimizer.StepCount > 0);
var random = new Random((int)optimizer.StepCount);
for (var last = optimizer.StepCount + Steps / 2; optimizer.StepCount < last;)
{
    var loss = 0f;
    for (var i = 0; i < 32; i++)
    {
        var x = 6 * random.NextSingle() - 3;
        var error = network.Forward(x) - MathF.Sin(x);
        network.Backward(x, 2 * error / 32);
        loss += error * error / 32;
    }

    optimizer.Step();
    var step = group.LastStep!.Value;
    log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step.Step},{loss:g5},{step.LearningRate:g5},{step.GradientNorm:g5},{step.UpdateRatio:g5}"));
    if (step.Step % 200 == 0)
        Console.WriteLine($"step {step.Step}: loss {loss:0.00000}, rate {step.LearningRate:0.0000}");
}

optimizer.Save(Checkpoint);
Console.WriteLine(optimizer.Summary());
