using System.Diagnostics.Metrics;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

// Listeners hear all optimizers of the process.
[Collection(nameof(AllocationTests))]
public sealed class MeasurementTests
{
    [Fact]
    public void A_measured_step_knows_its_norms()
    {
        var model = new Model<double>(1, 7, 5000, 33_000);
        var optimizer = new Optimizer<double> { MeasuresSteps = true, GradientScale = 0.5, ZeroGradients = true };
        optimizer.Add(new TestTrustRatio(), model.Parameters[..2]);
        optimizer.Add(new TestMomentum(), model.Parameters[2]);
        Assert.Null(optimizer.LastStep);
        for (var step = 1; step <= 3; step++)
        {
            model.Backward(step);
            var gradient = Norm(model.Gradients) * 0.5;
            var before = model.Values;
            optimizer.Step();
            var update = Norm(model.Values.Zip(before, (after, old) => after.Zip(old, (a, b) => a - b).ToArray()));
            var record = optimizer.LastStep!.Value;
            Assert.Equal(step, record.Step);
            Assert.Equal(gradient, record.GradientNorm, 1e-12 * gradient);
            Assert.Equal(update, record.UpdateNorm, 1e-12 * update);
            Assert.Equal(Norm(model.Values), record.WeightNorm, 1e-12 * Norm(model.Values));
            Assert.Equal(record.UpdateNorm / record.WeightNorm, record.UpdateRatio);
            Assert.True(record.Duration > TimeSpan.Zero);
        }

        static double Norm(IEnumerable<double[]> tensors) => Math.Sqrt(tensors.Sum(tensor => tensor.Sum(element => element * element)));
    }

    [Fact]
    public void Measuring_changes_no_bit_and_stops_when_it_is_off()
    {
        var (plain, measured) = (new Model<float>(2, 7, 5000, 33_000), new Model<float>(2, 7, 5000, 33_000));
        foreach (var (model, measure) in new[] { (plain, false), (measured, true) })
        {
            var optimizer = new Optimizer<float> { MeasuresSteps = measure, ChunkLength = 1024 };
            optimizer.Add(new TestTrustRatio(), model.Parameters);
            model.Train(optimizer, 3);
            optimizer.MeasuresSteps = false;
            model.Train(optimizer, 1);
            Assert.Equal(measure ? 3 : null, optimizer.LastStep?.Step);
        }

        Assert.Equal(plain.Values, measured.Values);
    }

    [Fact]
    public void Listeners_of_the_meter_hear_every_step()
    {
        var heard = new List<(string Instrument, double Value, object? Optimizer)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "OptDsl")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => heard.Add((instrument.Name, value, tags.IsEmpty ? null : tags[0].Value)));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => heard.Add((instrument.Name, value, tags.IsEmpty ? null : tags[0].Value)));
        listener.Start();

        var model = new Model<float>(3, 100);
        var optimizer = new Optimizer<float> { Name = "generator", NonFiniteGradients = NonFinitePolicy.Skip };
        optimizer.Add(new TestMomentum(), model.Parameters);
        model.Train(optimizer, 1);
        var record = optimizer.LastStep!.Value;
        Assert.Equal(
            [
                ("optdsl.step.duration", record.Duration.TotalSeconds, "generator"), ("optdsl.gradient.norm", record.GradientNorm, "generator"),
                ("optdsl.update.norm", record.UpdateNorm, "generator"), ("optdsl.update.ratio", record.UpdateRatio, "generator"),
                ("optdsl.group.learning_rate", 0.1, "generator"), ("optdsl.group.gradient.norm", record.GradientNorm, "generator"),
                ("optdsl.group.update.ratio", record.UpdateRatio, "generator"),
            ],
            heard);

        heard.Clear();
        model.Parameters[0].Gradient.Span[3] = float.NaN;
        optimizer.Step();
        Assert.Equal([("optdsl.step.skipped", 1, "generator")], heard);
    }
}
