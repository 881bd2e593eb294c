using OptDsl.Torch.Plans;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

/// <summary>The same formulas through torch's operations and through the kernels.</summary>
public sealed class PlanAgreementTests
{
    private static readonly RuleOptimizerOptions s_withoutKernels = new() { WithoutKernels = true };

    public static TheoryData<string> Rules => [.. LibraryRules.Types.Select(type => type.Name)];

    [TorchTheory]
    [MemberData(nameof(Rules))]
    public void A_library_rule_agrees_with_its_kernels_in_double(string rule)
    {
        foreach (var (name, set) in LibraryRules.Variants(rule))
        {
            using var scope = torch.NewDisposeScope();
            var kernels = Train(rule, set, ScalarType.Float64, options: null, out var kernelStates);
            var tensors = Train(rule, set, ScalarType.Float64, s_withoutKernels, out var tensorStates);
            for (var i = 0; i < kernels.Length; i++)
                Close.AssertWithin(1e-10, kernels[i], tensors[i], $"{rule}, {name}, tensor {i}");
            Assert.Equal(kernelStates.Keys.Order(), tensorStates.Keys.Order());
            foreach (var (key, state) in kernelStates)
                Close.AssertWithin(1e-10, state, tensorStates[key], $"{rule}, {name}, state {key}");
        }
    }

    [TorchTheory]
    [MemberData(nameof(Rules))]
    public void A_library_rule_steps_tensors_whose_elements_are_not_in_order(string rule)
    {
        using var scope = torch.NewDisposeScope();
        var ordered = Train(rule, _ => { }, ScalarType.Float64, options: null, out _);
        var strided = Train(rule, _ => { }, ScalarType.Float64, options: null, out _, transposed: true);
        Close.AssertWithin(1e-10, ordered[0], strided[0], rule);
    }

    [TorchFact]
    public void A_step_works_in_the_memory_of_weights_and_states_where_the_formulas_allow()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var parameter = New([6, 4], ScalarType.Float32, seed: 1);
        using var slot = new TensorSlot(parameter, "w", SixteenBitWeights.MasterCopy);
        var step = new GroupStep(new Rules.AdamW());
        Tensor[] states = [];
        for (var i = 0; i < 3; i++)
        {
            slot.GivenGradient = Gradient([6, 4], ScalarType.Float32, i);
            step.Run([slot]);
            Assert.True(i == 0 || states.SequenceEqual(slot.States.Values, ReferenceEqualityComparer.Instance), "new states were made");
            states = [.. slot.States.Values];
        }
    }

    [TorchFact]
    public void Options_that_change_between_steps_bring_states_and_take_them_away()
    {
        using var scope = torch.NewDisposeScope();
        Tensor Run(RuleOptimizerOptions? options)
        {
            var parameter = New([6, 4], ScalarType.Float64, seed: 1);
            var rule = new Rules.RmsProp { LearningRate = 0.01 };
            var optimizer = new[] { ("w", parameter) }.Optimize(0.01, rate => rule, options);
            for (var step = 0; step < 12; step++)
            {
                rule.Centered = step is >= 3 and < 6 or >= 9;
                rule.Momentum = step >= 5 ? 0.9 : 0;
                parameter.grad = Gradient([6, 4], ScalarType.Float64, step);
                optimizer.step();
                Assert.Equal(rule.Centered, HasState(optimizer, "grad_avg"));
            }

            return parameter;
        }

        Close.AssertWithin(1e-10, Run(null), Run(s_withoutKernels), "RmsProp");
    }

    [TorchFact]
    public void Tensors_of_a_group_that_have_taken_different_numbers_of_steps_agree_with_the_kernels()
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] Run(string rule, RuleOptimizerOptions? options)
        {
            (string, Parameter)[] parameters = [("a", New([5], ScalarType.Float64, 1)), ("b", New([3, 2], ScalarType.Float64, 2))];
            var optimizer = parameters.Optimize(0.01, rate => LibraryRules.Create(rule), options);
            for (var step = 0; step < 8; step++)
            {
                parameters[0].Item2.grad = Gradient([5], ScalarType.Float64, step);
                parameters[1].Item2.grad = step is >= 2 and not 5 ? Gradient([3, 2], ScalarType.Float64, step) : null;
                optimizer.step();
            }

            Assert.Equal(8, optimizer.StepsOf("a"));
            return [.. parameters.Select(pair => pair.Item2)];
        }

        foreach (var rule in (string[])["Adopt", "Prodigy", "RAdam", "AdafactorTimm", "Lamb"])
        {
            foreach (var (kernel, tensor) in Run(rule, null).Zip(Run(rule, s_withoutKernels)))
                Close.AssertWithin(1e-10, kernel, tensor, rule);
        }
    }

    [TorchFact]
    public void A_group_of_several_types_reduces_over_all_of_them()
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] Run(ScalarType second)
        {
            (string, Parameter)[] parameters = [("a", New([5], ScalarType.Float64, 1)), ("b", New([6], second, 2))];
            var optimizer = parameters.Optimize(1, rate => new Rules.Prodigy { LearningRate = rate });
            for (var step = 0; step < 30; step++)
            {
                parameters[0].Item2.grad = Gradient([5], ScalarType.Float64, step);
                parameters[1].Item2.grad = Gradient([6], second, step);
                optimizer.step();
            }

            return [.. parameters.Select(pair => pair.Item2)];
        }

        foreach (var (together, mixed) in Run(ScalarType.Float64).Zip(Run(ScalarType.Float32)))
            Close.AssertWithin(2e-5, together, mixed, "Prodigy");
    }

    [TorchFact]
    public void A_parameter_without_dimensions_and_one_without_elements_do_no_harm()
    {
        using var scope = torch.NewDisposeScope();
        Tensor Run(RuleOptimizerOptions? options)
        {
            var single = new Parameter(torch.tensor(0.5f));
            (string, Parameter)[] parameters = [("single", single), ("nothing", new Parameter(torch.empty(0)))];
            var optimizer = parameters.Optimize(0.1, rate => new Rules.Lamb { LearningRate = rate }, options);
            for (var step = 0; step < 5; step++)
            {
                single.grad = torch.tensor(0.25f);
                optimizer.step();
            }

            Assert.Equal(0, single.dim());
            Assert.Equal(ScalarType.Float32, single.dtype);
            return single;
        }

        Close.AssertWithin(1e-5, Run(null), Run(s_withoutKernels), "Lamb");
    }

    private static bool HasState(RuleOptimizer optimizer, string state)
    {
        try
        {
            optimizer.State("w", state).Dispose();
            return true;
        }
        catch (KeyNotFoundException)
        {
            return false;
        }
    }

    private static Tensor[] Train(
        string rule, Action<IUpdateRule> set, ScalarType type, RuleOptimizerOptions? options, out Dictionary<string, Tensor> states, bool transposed = false)
    {
        long[][] shapes = [[7, 5], [11], [2, 3, 4]];
        (string Name, Parameter Parameter)[] parameters = [.. shapes.Select((shape, i) => ($"p{i}", New(shape, type, i, transposed)))];
        using var optimizer = parameters.Optimize(0.02, rate =>
        {
            var created = LibraryRules.Create(rule);
            set(created);
            return created;
        }, options);
        for (var step = 0; step < 7; step++)
        {
            for (var i = 0; i < shapes.Length; i++)
                parameters[i].Parameter.grad = Gradient(shapes[i], type, (10 * step) + i);
            optimizer.step();
        }

        states = [];
        foreach (var (name, _) in parameters)
        {
            using var state = optimizer.StateOf(name);
            foreach (var (symbol, tensor) in state.States)
                states.Add($"{name}.{symbol}", tensor.clone());
        }

        foreach (var (symbol, value) in optimizer.GroupStates(optimizer.Groups[0]))
            states.Add($"group.{symbol}", torch.tensor(value, ScalarType.Float64));
        return [.. parameters.Select(pair => pair.Parameter)];
    }

    private static Parameter New(long[] shape, ScalarType type, int seed, bool transposed = false)
    {
        torch.manual_seed(seed);
        var values = torch.randn(shape, ScalarType.Float64).to(type);
        return new Parameter(transposed && shape.Length == 2 ? values.t().contiguous().t() : values);
    }

    private static Tensor Gradient(long[] shape, ScalarType type, int seed)
    {
        torch.manual_seed(100 + seed);
        return torch.randn(shape, ScalarType.Float64).mul_(0.3).to(type);
    }
}
