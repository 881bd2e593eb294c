using OptDsl.Checkpoints;
using OptDsl.Rules;
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
    [InlineData(Storage.Element)]
    [InlineData(Storage.BFloat16)]
    public void States_of_bfloat16_are_read_exactly_and_kept_as_the_group_says(Storage storage)
    {
        using var folder = new TemporaryFolder();
        ushort[] moments = [0x3F80, 0xBF81, 0x0001], squares = [0x3F80, 0x4049, 0x7F7F], values = [0x3F8F, 0xC000, 0x0000];
        SafetensorsFile.Write(folder["t"], ("p0", [3], values), ("p0.step", [], new[] { 7f }), ("p0.exp_avg", [3], moments), ("p0.exp_avg_sq", [3], squares));
        var optimizer = new Optimizer<float>();
        var parameters = new Model<float>(1, 3).Parameters;
        var group = optimizer.Add(new AdamW(), parameters).StoreStates(storage);
        optimizer.ImportTorchState(folder["t"]);
        Assert.Equal(Array.ConvertAll(moments, BFloat16Bits.ToSingle), optimizer.State("p0", "m").ToArray());
        Assert.Equal(Array.ConvertAll(squares, BFloat16Bits.ToSingle), optimizer.State("p0", "v").ToArray());
        Assert.Equal(Array.ConvertAll(values, BFloat16Bits.ToSingle), parameters[0].Value.ToArray());
        Assert.Equal(storage == Storage.Element ? 24 : 12, group.StateBytes);

        // What is written is a file of the same form.
        optimizer.Save(folder["own"]);
        var (header, _) = SafetensorsFile.Read(folder["own"]);
        Assert.Equal(storage == Storage.Element ? "F32" : "BF16", header.GetProperty("state/p0/m").GetProperty("dtype").GetString());
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F64")]
    [InlineData("I64")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("I32")]
    [InlineData("I16")]
    [InlineData("U8")]
    public void Step_counts_come_in_any_type(string type)
    {
        using var folder = new TemporaryFolder();
        Array step = type switch
        {
            "F32" => new[] { 7f },
            "F64" => new[] { 7.0 },
            "F16" => new[] { (Half)7 },
            "BF16" => new[] { (ushort)(BitConverter.SingleToUInt32Bits(7) >> 16) },
            "I32" => new[] { 7 },
            "I16" => new[] { (short)7 },
            "U8" => new[] { (byte)7 },
            _ => new[] { 7L },
        };
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
        Assert.Empty(optimizer.ImportTorchState(folder["t"], new Dictionary<string, string> { ["\uff56"] = "velocity" }).Ignored);
        Assert.Throws<ArgumentException>("names", () => optimizer.ImportTorchState(folder["t"], new Dictionary<string, string> { ["v"] = "velocity", ["w"] = "velocity" }));
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
        Refused(CheckpointFault.Malformed, "'p0.step' holds NaN", good, ("p0.step", [], new[] { double.NaN }));
        Refused(CheckpointFault.OtherShape, "'p0.step' has the shape [3]", good, ("p0.step", [3], new float[3]));
        Refused(CheckpointFault.OtherElementType, "'p0.step' is not one number", good, ("p0.step", [2], new[] { (Half)1, (Half)1 }));
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity])
        {
            Refused(CheckpointFault.Malformed, "'p0.momentum_buffer' holds", step, ("p0.momentum_buffer", [3], new[] { 0, bad, 0 }));
            Refused(CheckpointFault.Malformed, "'p0' holds", step, good, ("p0", [3], new[] { 0, 0, bad }));
        }

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
        Assert.Contains("the state 'm' of the rule TestTrustRatio", Assert.Throws<CheckpointException>(() => optimizer.ImportTorchState(folder["t"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.ImportTorchState(folder["t"], step: 0));
    }

    public static TheoryData<IUpdateRule<float>, string> Strangers => new()
    {
        { new AdaDelta(), "adam" }, { new RmsProp(), "sgd" }, { new AdaGrad(), "sgd" }, { new Rprop(), "adam" }, { new AdaMax(), "adam" }, { new NAdam(), "adam" },
        { new Asgd(), "sgd" }, { new AdamW { Amsgrad = true }, "adam" }, { new Adan(), "adam" }, { new TestTrustRatio(), "sgd" }, { new Signum(), "sgd" },
        { new AdaBelief(), "adam" }, { new Sgd { Momentum = 0.9 }, "adam" }, { new AdamW(), "sgd" }, { new RmsProp { Momentum = 0.9, Centered = true }, "adam" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void States_of_another_optimizer_are_refused_however_many_they_are(IUpdateRule<float> rule, string kind)
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["t"], kind == "sgd"
            ? [("p0.step", [], new[] { 7L }), ("p0.momentum_buffer", [3], new float[] { 1, 2, 3 })]
            : [("p0.step", [], new[] { 7L }), ("p0.exp_avg", [3], new float[] { 1, 2, 3 }), ("p0.exp_avg_sq", [3], new float[] { 4, 5, 6 })]);
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, new Model<float>(1, 3).Parameters);
        Assert.Equal(CheckpointFault.OtherRule, Assert.Throws<CheckpointException>(() => optimizer.ImportTorchState(folder["t"])).Fault);
        Assert.Equal(0, optimizer.StepCount);
    }

    [Theory]
    [InlineData("exp_avg_sq", typeof(Adam))]
    [InlineData("square_avg", typeof(RmsProp))]
    [InlineData("sum", typeof(AdaGrad))]
    [InlineData("acc_delta", typeof(AdaDelta))]
    [InlineData("step_size", typeof(Rprop))]
    [InlineData("exp_inf", typeof(AdaMax))]
    [InlineData("mu_product", typeof(NAdam))]
    public void A_square_below_0_is_refused(string name, Type type)
    {
        using var folder = new TemporaryFolder();
        var rule = (IUpdateRule<float>)Activator.CreateInstance(type)!;
        Write(-1e-30f);
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, new Model<float>(1, 2).Parameters);
        var error = Assert.Throws<CheckpointException>(() => optimizer.ImportTorchState(folder["t"]));
        Assert.Equal((CheckpointFault.Malformed, true), (error.Fault, error.Message.Contains($"'p0.{name}' holds -1", StringComparison.Ordinal)));
        Write(0);
        Assert.Equal(7, optimizer.ImportTorchState(folder["t"]).Step);
        Assert.Equal(7, optimizer.StepsOf("p0"));

        void Write(float value)
        {
            var names = rule.Description.States.Where(state => state.When == "").Select(state => (Name: state.Meaning[(state.Meaning.IndexOf('(') + 1)..^1], PerTensor: state.Per == Per.Tensor));
            SafetensorsFile.Write(folder["t"], names.Select(state => ($"p0.{state.Name}", state.PerTensor ? (int[])[] : [2], (Array)Enumerable.Repeat(state.Name == name ? value : 0.5f, state.PerTensor ? 1 : 2).ToArray())).Append(("p0.step", [], new[] { 7f })));
        }
    }

    [Fact]
    public void NAdam_and_ASGD_go_on_with_the_numbers_in_the_file()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(
            folder["nadam"], ("p0.step", [], new[] { 3f }), ("p0.exp_avg", [2], new float[] { 1, 2 }), ("p0.exp_avg_sq", [2], new float[] { 3, 4 }), ("p0.mu_product", [], new[] { 0.125f }));
        var nadam = new Optimizer<float>();
        nadam.Add(new NAdam(), new Model<float>(1, 2).Parameters);
        Assert.Empty(nadam.ImportTorchState(folder["nadam"]).Ignored);
        Assert.Equal((0.125, 3), (nadam.TensorState("p0", "P"), nadam.StepsOf("p0")));
        nadam.Step();

        SafetensorsFile.Write(
            folder["asgd"], ("p0.step", [], new[] { 3f }), ("p0.ax", [2], new float[] { 1, 2 }), ("p0.eta", [], new[] { 0.25f }), ("p0.mu", [], new[] { 1f }));
        var asgd = new Optimizer<float>();
        asgd.Add(new Asgd(), new Model<float>(1, 2).Parameters);
        Assert.Empty(asgd.ImportTorchState(folder["asgd"]).Ignored);
        Assert.Equal((0.25, 1), (asgd.TensorState("p0", "s"), asgd.TensorState("p0", "a")));
        Assert.Equal([1, 2], asgd.State("p0", "x̄").ToArray());
    }

    [Fact]
    public void What_is_not_read_is_reported()
    {
        using var folder = new TemporaryFolder();
        (string, int[], Array)[] adam = [("p0.step", [], new[] { 7L }), ("p0.exp_avg", [3], new float[3]), ("p0.exp_avg_sq", [3], new float[3])];
        Ignored(new AdamW(), ["p0.max_exp_avg_sq", "p1.exp_avg", "unknown"], [.. adam, ("p0.max_exp_avg_sq", [3], new float[3]), ("p1.exp_avg", [3], new float[3]), ("unknown", [], new[] { 1f })]);
        Ignored(new AdamW { Amsgrad = true }, [], [.. adam, ("p0.max_exp_avg_sq", [3], new float[3])]);
        Ignored(new Sgd(), ["p0.momentum_buffer"], [("p0.step", [], new[] { 7L }), ("p0.momentum_buffer", [3], new float[3])]);
        Ignored(new Lion(), ["p0.exp_avg_sq"], adam);

        void Ignored(IUpdateRule<float> rule, string[] expected, (string, int[], Array)[] tensors)
        {
            SafetensorsFile.Write(folder["t"], tensors);
            var optimizer = new Optimizer<float>();
            optimizer.Add(rule, new Model<float>(1, 3).Parameters);
            var info = optimizer.ImportTorchState(folder["t"]);
            Assert.Equal(expected, info.Ignored);
            Assert.Equal(expected.Length == 0 ? "step 7" : "step 7; not read: " + string.Join(", ", expected), info.ToString());
        }
    }

    [Fact]
    public void Names_with_dots_and_parameters_without_dimensions_find_their_states()
    {
        using var folder = new TemporaryFolder();
        Parameter<float>[] parameters =
        [
            new("a", new float[2], new float[2]), new("a.b", new float[1], new float[1], []), new("a.b.step", new float[1], new float[1]),
        ];
        SafetensorsFile.Write(folder["t"], parameters.SelectMany(parameter => (IEnumerable<(string, int[], Array)>)
        [
            (parameter.Name + ".momentum_buffer", [.. parameter.Shape], Enumerable.Repeat((float)parameter.Name.Length, parameter.Length).ToArray()),
        ]));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), parameters);
        optimizer.ImportTorchState(folder["t"], step: 2);
        Assert.All(parameters, parameter => Assert.All(optimizer.State(parameter.Name, "v").ToArray(), element => Assert.Equal(parameter.Name.Length, element)));
    }

    [Fact]
    public void Importing_many_parameters_asks_for_each_tensor_once()
    {
        using var folder = new TemporaryFolder();
        const int Count = 3000;
        SafetensorsFile.Write(folder["t"], Enumerable.Range(0, Count).Select(i => ($"p{i}.momentum_buffer", (int[])[1], (Array)new[] { (float)i })));
        var model = new Model<float>(1, Enumerable.Repeat(1, Count));
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), model.Parameters);
        optimizer.ImportTorchState(folder["t"], step: 1);
        using var stream = File.OpenRead(folder["t"]);
        var header = SafetensorsHeader.Read(stream);
        var file = new TorchFile<float>(stream, header, [.. model.Parameters.Select(parameter => parameter.Name)]);
        Assert.All(model.Parameters, parameter => Assert.Single(file.KeysOf(parameter.Name)));
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
