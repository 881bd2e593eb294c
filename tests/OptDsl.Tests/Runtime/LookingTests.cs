using System.Diagnostics.Metrics;
using OptDsl.Checkpoints;
using OptDsl.Rules;
using OptDsl.Schedules;

namespace OptDsl.Tests.Runtime;

// Listeners hear all optimizers of the process.
[Collection(nameof(AllocationTests))]
public sealed class LookingTests(ITestOutputHelper output)
{
    [Fact]
    public void Everything_says_what_it_is_in_a_line()
    {
        var optimizer = Trained();
        Assert.Equal("Optimizer<Single> 'net': 2 groups, 4 parameters, 1,266 elements, step 2", optimizer.ToString());
        Assert.Equal("AdamW, learning rate 0.0003: 2 parameters, 1,024 elements, 8 KiB of states", optimizer.Groups[0].ToString());
        Assert.Equal("head: Sgd, learning rate 0.05: 2 parameters, 242 elements, 0 B of states", optimizer.Groups[1].ToString());
        Assert.Equal("body.weight [31 × 32]", optimizer.Parameters.First().ToString());
        Assert.StartsWith("AdamW { LearningRate = WarmUpCosine { Peak = 0.01,", optimizer.Groups[0].Rule.ToString(), StringComparison.Ordinal);
        Assert.Equal("LossScaler { Scale = 65536, FiniteSteps = 0, GrowthFactor = 2, BackoffFactor = 0.5, GrowthInterval = 2000, MinScale = 1, MaxScale = 4294967296 }", new LossScaler().ToString());
        Assert.Equal("step 7", new CheckpointInfo(7).ToString());
        Assert.Equal("ByValue(0.5)", GradientClipping.ByValue(0.5).ToString());
        Assert.Equal("Exponential(0.9) { From = 1, Every = 1 }", Averaging.Exponential(0.9).ToString());
        Assert.Equal("Optimizer<Double>: 0 groups, 0 parameters, 0 elements, step 0", new Optimizer<double>().ToString());
    }

    [Fact]
    public void A_summary_fits_the_console()
    {
        var optimizer = Trained();
        Assert.Equal(
            """
            group           rule     rate  params  elements  states  frozen  steps
            body.weight +1  AdamW  0.0003       2     1,024   8 KiB       0      2
            head            Sgd      0.05       2       242     0 B       1      2
            step 2: 4 parameters, 1,266 elements, 8 KiB of states
            """,
            optimizer.Summary(),
            ignoreLineEndingDifferences: true);
        var wide = optimizer.Summary(120);
        output.WriteLine(wide);
        Assert.Contains("WarmUpCosine { Peak = 0.01", wide, StringComparison.Ordinal);
        Assert.Contains("0.1 × 0.5", wide, StringComparison.Ordinal);

        optimizer.Groups[1].Name = new string('n', 500);
        for (var width = 60; width < 200; width++)
            Assert.All(optimizer.Summary(width).Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= width, line));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => optimizer.Summary(59));
        Assert.NotEmpty(new Optimizer<double>().Summary());
    }

    [Fact]
    public void Groups_know_their_rates_and_norms_and_the_meter_hears_them()
    {
        var heard = new List<(string Instrument, double Value, object? Group)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "OptDsl" && instrument.Name.StartsWith("optdsl.group", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => heard.Add((instrument.Name, value, tags[^1].Value)));
        listener.Start();
        var optimizer = Trained();
        var (body, head) = (optimizer.Groups[0].LastStep!.Value, optimizer.Groups[1].LastStep!.Value);
        var all = optimizer.LastStep!.Value;
        Assert.Equal((2, 0.05), (body.Step, head.LearningRate));
        Assert.Equal(0.0002, body.LearningRate, 1e-15);
        Assert.Equal(all.GradientNorm, Math.Sqrt((body.GradientNorm * body.GradientNorm) + (head.GradientNorm * head.GradientNorm)), 1e-9);
        Assert.Equal(all.UpdateNorm, Math.Sqrt((body.UpdateNorm * body.UpdateNorm) + (head.UpdateNorm * head.UpdateNorm)), 1e-9);
        Assert.Equal(
            [
                ("optdsl.group.learning_rate", body.LearningRate, "body.weight"), ("optdsl.group.gradient.norm", body.GradientNorm, "body.weight"),
                ("optdsl.group.update.ratio", body.UpdateRatio, "body.weight"), ("optdsl.group.learning_rate", head.LearningRate, "head"),
                ("optdsl.group.gradient.norm", head.GradientNorm, "head"), ("optdsl.group.update.ratio", head.UpdateRatio, "head"),
            ],
            heard[^6..]);
    }

    [Fact]
    public void States_are_there_by_name()
    {
        var optimizer = Trained();
        Assert.Equal(["m", "v"], optimizer.States("body.weight").Keys);
        Assert.Equal(optimizer.State("body.weight", "v").ToArray(), optimizer.States("body.weight")["v"].ToArray());
        Assert.Empty(optimizer.States("head.weight"));
        Assert.Empty(optimizer.TensorStates("body.weight"));

        var other = new Optimizer<float>();
        other.Add(new NAdam(), new Parameter<float>("w", new float[2], new float[2]));
        Assert.Empty(other.TensorStates("w"));
        other.Step();
        Assert.Equal(other.TensorState("w", "P"), other.TensorStates("w")["P"]);
        Assert.Throws<KeyNotFoundException>(() => other.States("x"));
    }

    private static Optimizer<float> Trained()
    {
        var model = new Model<float>(1, ("body.weight", [31, 32]), ("body.bias", [32]), ("head.weight", [32, 7]), ("head.bias", [18]));
        var optimizer = new Optimizer<float> { Name = "net", MeasuresSteps = true };
        optimizer.Add(new AdamW { LearningRate = new WarmUpCosine { Peak = 0.01, InitialShare = 0.01, WarmUpSteps = 99, Steps = 1000 } }, model.Parameters[..2]);
        var head = optimizer.Add(new Sgd { LearningRate = 0.1 }, model.Parameters[2..]);
        (head.Name, head.LearningRateFactor) = ("head", 0.5);
        optimizer.Freeze(name => name == "head.bias");
        model.Train(optimizer, 2);
        return optimizer;
    }
}
