using OptDsl.Checkpoints;
using OptDsl.Tests.Golden;
using OptDsl.Tests.Runtime;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Checkpoints;

public sealed class TorchImportTests
{
    [Fact]
    public void Momentum_goes_on_where_PyTorch_stopped()
    {
        using var folder = new TemporaryFolder();
        var golden = GoldenCase.Load("momentum_plain");
        var tensor = golden.Tensors[0];
        var straight = Optimizer(golden, tensor.Start.ToArray(), out var gradient);
        for (var step = 0; step < golden.Steps; step++)
        {
            tensor.Gradients[step].CopyTo(gradient, 0);
            straight.Step();
        }

        var imported = Optimizer(golden, new double[tensor.Start.Length], out var importedGradient);
        SafetensorsFile.Write(
            folder["sgd"],
            ("w", tensor.Shape, tensor.Weights[^1]),
            ("w.momentum_buffer", tensor.Shape, tensor.FinalState("momentum_buffer")));
        imported.ImportTorchState(folder["sgd"], step: golden.Steps);
        Assert.Equal((golden.Steps, golden.Steps), (imported.StepCount, imported.StepsOf("w")));
        Assert.Equal(tensor.Weights[^1], imported.Parameters.First().Value.ToArray());
        Assert.Equal(tensor.FinalState("momentum_buffer"), imported.State("w", "v").ToArray());
        for (var step = 0; step < 5; step++)
        {
            tensor.Gradients[step].CopyTo(gradient, 0);
            tensor.Gradients[step].CopyTo(importedGradient, 0);
            straight.Step();
            imported.Step();
        }

        var (expected, actual) = (straight.Parameters.First().Value.ToArray(), imported.Parameters.First().Value.ToArray());
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(Math.Abs(expected[i]), Math.Abs(tensor.Start[i]) + 1));
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F64")]
    [InlineData("I64")]
    public void Step_counts_come_in_any_type(string type)
    {
        using var folder = new TemporaryFolder();
        Array step = type switch { "F32" => new[] { 7f }, "F64" => new[] { 7.0 }, _ => new[] { 7L } };
        SafetensorsFile.Write(folder["t"], ("p0.step", [], step), ("p0.momentum_buffer", [3], new float[] { 1, 2, 3 }));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), new Model<float>(1, 3).Parameters);
        optimizer.ImportTorchState(folder["t"]);
        Assert.Equal((7, 7), (optimizer.StepCount, optimizer.StepsOf("p0")));
        Assert.Equal([1, 2, 3], optimizer.State("p0", "v").ToArray());
    }

    [Fact]
    public void States_may_be_named_and_frozen_parameters_are_left_alone()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["t"], ("p0.step", [], new[] { 2f }), ("p0.velocity", [3], new float[] { 1, 2, 3 }));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), new Model<float>(1, 3, 4).Parameters);
        optimizer.Freeze(name => name == "p1");
        optimizer.ImportTorchState(folder["t"], new Dictionary<string, string> { ["v"] = "velocity" });
        Assert.Equal([1, 2, 3], optimizer.State("p0", "v").ToArray());
        Assert.Equal(0, optimizer.StepsOf("p1"));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_nothing_changes()
    {
        using var folder = new TemporaryFolder();
        var good = ("p0.momentum_buffer", (int[])[3], (Array)new float[3]);
        var step = ("p0.step", (int[])[], (Array)new[] { 1f });
        Refused(CheckpointFault.OtherParameters, "no states of parameter 'p0'", ("x.step", [], new[] { 1f }));
        Refused(CheckpointFault.OtherParameters, "Pass the number of steps", good);
        Refused(CheckpointFault.Malformed, "'p0.step' is no step count", good, ("p0.step", [], new[] { 1.5f }));
        Refused(CheckpointFault.Malformed, "'p0.step' is no step count", good, ("p0.step", [], new[] { 0L }));
        Refused(CheckpointFault.Malformed, "'p0.step' is no step count", good, ("p0.step", [], new[] { double.NaN }));
        Refused(CheckpointFault.Malformed, "'p0.step' is no step count", good, ("p0.step", [1], new[] { (Half)1 }));
        Refused(CheckpointFault.OtherRule, "has 'p0.step', 'p0.exp_avg'", step, ("p0.exp_avg", [3], new float[3]));
        Refused(CheckpointFault.OtherShape, "[4] and parameter 'p0' [3]", step, ("p0.momentum_buffer", [4], new float[4]));
        Refused(CheckpointFault.OtherElementType, "type F64", step, ("p0.momentum_buffer", [3], new double[3]));
        Refused(CheckpointFault.OtherElementType, "type F16", step, ("p0.momentum_buffer", [3], new Half[3]));
        Refused(CheckpointFault.OtherShape, "'p0' has the shape [2]", step, good, ("p0", [2], new float[2]));

        void Refused(CheckpointFault fault, string message, params (string, int[], Array)[] tensors)
        {
            SafetensorsFile.Write(folder["t"], tensors);
            var model = new Model<float>(1, 3);
            var optimizer = new Optimizer<float>();
            optimizer.Add(new TestMomentum(), model.Parameters);
            model.Train(optimizer, 2);
            var (weights, state) = (model.Values, optimizer.State("p0", "v").ToArray());
            var exception = Assert.Throws<CheckpointException>(() => optimizer.ImportTorchState(folder["t"]));
            Assert.Equal(fault, exception.Fault);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            Assert.Equal(weights, model.Values);
            Assert.Equal(state, optimizer.State("p0", "v").ToArray());
            Assert.Equal((2, 2), (optimizer.StepCount, optimizer.StepsOf("p0")));
        }
    }

    [Fact]
    public void A_rule_that_PyTorch_does_not_have_is_refused()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["t"], ("p0.step", [], new[] { 2f }), ("p0.momentum_buffer", [3], new float[3]));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestTrustRatio(), new Model<float>(1, 3).Parameters);
        Assert.Contains("one value a tensor", Assert.Throws<CheckpointException>(() => optimizer.ImportTorchState(folder["t"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.ImportTorchState(folder["t"], step: 0));
    }

    private static Optimizer<double> Optimizer(GoldenCase golden, double[] start, out double[] gradient)
    {
        gradient = new double[start.Length];
        var optimizer = new Optimizer<double>();
        optimizer.Add(
            new TestMomentum { LearningRate = golden.HyperValue("lr"), Decay = golden.HyperValue("momentum") },
            new Parameter<double>("w", start, gradient, golden.Tensors[0].Shape));
        return optimizer;
    }
}
