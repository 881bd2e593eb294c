using OptDsl.Checkpoints;
using OptDsl.Torch.Benchmarks;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

public sealed class StateTests
{
    private static readonly RuleOptimizerOptions s_withoutKernels = new() { WithoutKernels = true };

    public static TheoryData<string, bool> Rules
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var rule in LibraryRules.Types)
            {
                data.Add(rule.Name, false);
                data.Add(rule.Name, true);
            }

            return data;
        }
    }

    [TorchTheory]
    [MemberData(nameof(Rules))]
    public void A_file_resumes_bit_for_bit(string rule, bool withoutKernels)
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            var (first, second) = (new Run(rule, withoutKernels), new Run(rule, withoutKernels));
            first.Steps(0, 5);
            first.Optimizer.Groups[0].LearningRate = 0.005;
            first.Optimizer.Save(file);
            second.TakeWeights(first);
            second.Optimizer.Load(file);
            Assert.Equal(0.005, second.Optimizer.Groups[0].LearningRate);
            first.Steps(5, 5);
            second.Steps(5, 5);
            first.AssertSame(second);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TorchTheory]
    [MemberData(nameof(Rules))]
    public void State_dicts_resume_bit_for_bit(string rule, bool withoutKernels)
    {
        using var scope = torch.NewDisposeScope();
        var (first, second, third) = (new Run(rule, withoutKernels), new Run(rule, withoutKernels), new Run(rule, withoutKernels));
        first.Steps(0, 5);
        second.TakeWeights(first);
        second.Optimizer.load_state_dict(first.Optimizer.state_dict());
        third.TakeWeights(first);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            first.Optimizer.save_state_dict(writer);
        stream.Position = 0;
        using (var reader = new BinaryReader(stream))
            third.Optimizer.load_state_dict(reader);

        first.Steps(5, 5);
        second.Steps(5, 5);
        third.Steps(5, 5);
        first.AssertSame(second);
        first.AssertSame(third);
        Assert.All(first.Optimizer.state_dict().State.Zip(second.Optimizer.state_dict().State), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));
    }

    [TorchFact]
    public void A_file_of_16_bit_weights_keeps_the_copy_in_float32()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            var (first, second) = (new Run("AdamW", withoutKernels: false, ScalarType.BFloat16), new Run("AdamW", withoutKernels: false, ScalarType.BFloat16));
            first.Steps(0, 5);
            first.Optimizer.Save(file);
            second.TakeWeights(first);
            second.Optimizer.Load(file);
            first.Steps(5, 5);
            second.Steps(5, 5);
            first.AssertSame(second);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TorchTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_state_of_TorchSharp_s_own_optimizer_is_taken_over(bool amsgrad)
    {
        using var scope = torch.NewDisposeScope();
        var (ours, theirs) = (new Parameter(torch.ones(5)), new Parameter(torch.ones(5)));
        var reference = torch.optim.AdamW([theirs], 0.01, weight_decay: 0.1, amsgrad: amsgrad);
        torch.manual_seed(1);
        for (var step = 0; step < 5; step++)
        {
            theirs.grad = torch.randn(5);
            TorchSharpStep.Run(reference);
        }

        using (torch.no_grad())
            ours.copy_(theirs);
        var optimizer = new[] { ("w", ours) }.Optimize(0.5, rate => new Rules.AdamW { LearningRate = rate, WeightDecay = 0.1, Amsgrad = amsgrad });
        optimizer.load_state_dict(reference.state_dict());
        Assert.Equal(0.01, optimizer.Groups[0].LearningRate);
        Assert.Equal(5, optimizer.StepsOf("w"));
        for (var step = 0; step < 5; step++)
        {
            theirs.grad = torch.randn(5);
            ours.grad = theirs.grad;
            TorchSharpStep.Run(reference);
            optimizer.step();
        }

        Close.AssertWithin(1e-6, theirs, ours, "weights");
    }

    [TorchTheory]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RmsProp")]
    [InlineData("Sgd")]
    public void What_a_rule_keeps_goes_back_to_TorchSharp_s_own_optimizer(string rule)
    {
        using var scope = torch.NewDisposeScope();
        var (ours, theirs) = (new Parameter(torch.ones(5)), new Parameter(torch.ones(5)));
        OptimizerHelper reference = rule switch
        {
            "Adam" => torch.optim.Adam([theirs], 0.5),
            "AdamW" => torch.optim.AdamW([theirs], 0.5, weight_decay: 0.01),
            "RmsProp" => torch.optim.RMSProp([theirs], 0.5, momentum: 0.9),
            _ => torch.optim.SGD([theirs], 0.5, momentum: 0.9),
        };
        var optimizer = new[] { ("w", ours) }.Optimize(0.01, rate => rule switch
        {
            "Adam" => new Rules.Adam { LearningRate = rate },
            "AdamW" => new Rules.AdamW { LearningRate = rate },
            "RmsProp" => new Rules.RmsProp { LearningRate = rate, Momentum = 0.9 },
            _ => new Rules.Sgd { LearningRate = rate, Momentum = 0.9 },
        });
        torch.manual_seed(1);
        for (var step = 0; step < 10; step++)
        {
            ours.grad = torch.randn(5);
            optimizer.step();
            if (step == 4)
            {
                optimizer.CopyStatesTo(reference);
                using var _ = torch.no_grad();
                theirs.copy_(ours);
            }
            else if (step > 4)
            {
                theirs.grad = ours.grad;
                TorchSharpStep.Run(reference);
            }
        }

        Assert.Equal(0.01, reference.ParamGroups.Single().LearningRate);
        Close.AssertWithin(1e-6, theirs, ours, rule);
    }

    [TorchFact]
    public void A_state_that_TorchSharp_has_no_place_for_is_named()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.ones(5));
        var optimizer = new[] { ("w", weight) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        weight.grad = torch.ones(5);
        optimizer.step();
        Assert.Contains("exp_avg", Assert.Throws<ArgumentException>(() => optimizer.CopyStatesTo(torch.optim.SGD([weight], 0.1))).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Momentum_of_TorchSharp_is_taken_over_and_a_rule_with_other_states_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        var (ours, theirs) = (new Parameter(torch.ones(5)), new Parameter(torch.ones(5)));
        var reference = torch.optim.SGD([theirs], 0.01, momentum: 0.9);
        theirs.grad = torch.ones(5);
        TorchSharpStep.Run(reference);
        var optimizer = new[] { ("w", ours) }.Optimize(0.01, rate => new Rules.Momentum { LearningRate = rate });
        optimizer.load_state_dict(reference.state_dict());
        Close.AssertWithin(0, torch.ones(5), optimizer.State("w", "v"), "momentum");

        var adam = new[] { ("w", ours) }.Optimize(0.01, rate => new Rules.Adam { LearningRate = rate });
        Assert.Contains("exp_avg", Assert.Throws<ArgumentException>(() => adam.load_state_dict(reference.state_dict())).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Files_of_PyTorch_are_imported()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            // What the snippet of the documentation writes: float32 step counts beside the moments.
            Safetensors.Write(
                file,
                ("w.step", [], [3f]),
                ("w.exp_avg", [2], [0.5f, -0.5f]),
                ("w.exp_avg_sq", [2], [0.25f, 0.125f]));
            foreach (var options in (RuleOptimizerOptions?[])[null, s_withoutKernels])
            {
                var weight = new Parameter(torch.ones(2));
                var optimizer = new[] { ("w", weight), ("new", new Parameter(torch.ones(1))) }.Optimize(0.01, rate => new Rules.AdamW { LearningRate = rate }, options);
                optimizer.Import(file);
                Assert.Equal((3, 0), (optimizer.StepsOf("w"), optimizer.StepsOf("new")));
                Assert.Equal([0.5, -0.5], Close.Doubles(optimizer.State("w", "m")));
                Assert.Equal([0.25, 0.125], Close.Doubles(optimizer.State("w", "exp_avg_sq")));
            }

            var sgd = new[] { ("w", new Parameter(torch.ones(2))) }.Optimize(0.01, rate => new Rules.Momentum { LearningRate = rate });
            Assert.Equal(CheckpointFault.OtherRule, Assert.Throws<CheckpointException>(() => sgd.Import(file)).Fault);
            sgd.Import(file, new Dictionary<string, string> { ["v"] = "exp_avg" });
            Assert.Equal([0.5, -0.5], Close.Doubles(sgd.State("w", "v")));
            Assert.Equal(CheckpointFault.Foreign, Assert.Throws<CheckpointException>(() => sgd.Load(file)).Fault);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TorchFact]
    public void What_PyTorch_keeps_of_a_group_is_imported_from_its_parameters()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            foreach (var second in (float[])[0.25f, 0.5f])
            {
                Safetensors.Write(file, [.. new[] { ("a", 0.25f), ("b", second) }.SelectMany(pair => new (string, int[], float[])[]
                {
                    ($"{pair.Item1}.step", [], [7]), ($"{pair.Item1}.exp_avg", [2], [1, 1]), ($"{pair.Item1}.exp_avg_sq", [2], [1, 1]),
                    ($"{pair.Item1}.s", [2], [0, 0]), ($"{pair.Item1}.p0", [2], [0, 0]),
                    ($"{pair.Item1}.d", [], [pair.Item2]), ($"{pair.Item1}.d_max", [], [0.5f]), ($"{pair.Item1}.d_numerator", [], [2]),
                })]);
                foreach (var options in (RuleOptimizerOptions?[])[null, s_withoutKernels])
                {
                    var optimizer = new[] { ("a", new Parameter(torch.ones(2))), ("b", new Parameter(torch.ones(2))) }.Optimize(1, rate => new Rules.Prodigy { LearningRate = rate }, options);
                    if (second == 0.25f)
                    {
                        optimizer.Import(file);
                        Assert.Equal(new Dictionary<string, double> { ["q"] = 2, ["d"] = 0.25, ["D"] = 0.5 }, optimizer.GroupStates(optimizer.Groups[0]).ToDictionary());
                    }
                    else
                    {
                        Assert.Equal(CheckpointFault.OtherGroups, Assert.Throws<CheckpointException>(() => optimizer.Import(file)).Fault);
                        Assert.Equal(0, optimizer.StepsOf("a"));
                    }
                }
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TorchFact]
    public void A_file_of_another_rule_or_other_parameters_is_refused_and_changes_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            var run = new Run("Adam", withoutKernels: false);
            run.Steps(0, 3);
            run.Optimizer.Save(file);
            Assert.Equal(CheckpointFault.OtherRule, Assert.Throws<CheckpointException>(() => new Run("Lion", withoutKernels: false).Optimizer.Load(file)).Fault);
            var other = new[] { ("other", new Parameter(torch.ones(2))) }.Optimize(0.1, rate => new Rules.Adam());
            Assert.Equal(CheckpointFault.OtherParameters, Assert.Throws<CheckpointException>(() => other.Load(file)).Fault);
            Assert.Equal(0, other.StepsOf("other"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Two tensors and their optimizer.</summary>
    private sealed class Run
    {
        private readonly (string Name, Parameter Parameter)[] _parameters;
        private readonly ScalarType _type;

        public Run(string rule, bool withoutKernels, ScalarType type = ScalarType.Float32)
        {
            _type = type;
            torch.manual_seed(11);
            _parameters = [("a", new Parameter(torch.randn(4, 3).to(type))), ("b", new Parameter(torch.randn(5).to(type)))];
            Optimizer = _parameters.Optimize(0.01, rate => LibraryRules.Create(rule), withoutKernels ? s_withoutKernels : null);
        }

        public RuleOptimizer Optimizer { get; }

        public void Steps(int from, int count)
        {
            for (var step = from; step < from + count; step++)
            {
                foreach (var (_, parameter) in _parameters)
                {
                    torch.manual_seed(step);
                    parameter.grad = torch.randn(parameter.shape).to(_type);
                }

                Optimizer.step();
            }
        }

        public void TakeWeights(Run other)
        {
            using var _ = torch.no_grad();
            foreach (var (mine, theirs) in _parameters.Zip(other._parameters))
                mine.Parameter.copy_(theirs.Parameter);
        }

        public void AssertSame(Run other)
        {
            foreach (var (mine, theirs) in _parameters.Zip(other._parameters))
                Close.AssertWithin(0, mine.Parameter, theirs.Parameter, mine.Name);
        }
    }
}
