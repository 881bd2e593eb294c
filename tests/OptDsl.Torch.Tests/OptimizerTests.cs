using OptDsl.Torch.Benchmarks;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

/// <summary>What TorchSharp's users do with optimizers.</summary>
public sealed class OptimizerTests
{
    private static readonly RuleOptimizerOptions s_withoutKernels = new() { WithoutKernels = true };

    public static TheoryData<bool> Engines => [false, true];

    [TorchTheory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Training_goes_as_with_the_optimizer_of_TorchSharp(bool withoutKernels, bool toNull)
    {
        using var scope = torch.NewDisposeScope();
        var (ours, theirs) = (Network(), Network());
        var optimizer = ours.Optimize(1e-2, rate => new Rules.AdamW { LearningRate = rate, WeightDecay = 0.02 }, withoutKernels ? s_withoutKernels : null);
        var reference = torch.optim.AdamW(theirs.named_parameters(), 1e-2, weight_decay: 0.02);
        for (var step = 0; step < 25; step++)
        {
            Backward(ours, optimizer, step, toNull);
            optimizer.step();
            Backward(theirs, reference, step, toNull);
            TorchSharpStep.Run(reference);
        }

        AssertSame(1e-5, theirs, ours);
    }

    [TorchTheory]
    [InlineData("OneCycleLR")]
    [InlineData("CosineAnnealingLR")]
    [InlineData("StepLR")]
    [InlineData("LinearLR")]
    public void Schedulers_of_TorchSharp_set_the_rate(string scheduler)
    {
        using var scope = torch.NewDisposeScope();
        torch.optim.lr_scheduler.LRScheduler Schedule(torch.optim.Optimizer optimizer) => scheduler switch
        {
            "OneCycleLR" => torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.02, total_steps: 30, cycle_momentum: false),
            "CosineAnnealingLR" => torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 30),
            "StepLR" => torch.optim.lr_scheduler.StepLR(optimizer, 7, 0.3),
            _ => torch.optim.lr_scheduler.LinearLR(optimizer, total_iters: 10),
        };
        var (ours, theirs) = (Network(), Network());
        var optimizer = ours.Optimize(1e-2, rate => new Rules.AdamW { LearningRate = rate, WeightDecay = 0 });
        var reference = torch.optim.AdamW(theirs.named_parameters(), 1e-2);
        var (schedule, referenceSchedule) = (Schedule(optimizer), Schedule(reference));
        for (var step = 0; step < 25; step++)
        {
            Backward(ours, optimizer, step);
            optimizer.step();
            schedule.step();
            Backward(theirs, reference, step);
            TorchSharpStep.Run(reference);
            referenceSchedule.step();
            Assert.Equal(reference.ParamGroups.First().LearningRate, optimizer.Groups[0].LearningRate);
        }

        AssertSame(1e-5, theirs, ours);
    }

    [TorchTheory]
    [MemberData(nameof(Engines))]
    public void A_parameter_without_gradient_keeps_its_weights_states_and_step_count(bool withoutKernels)
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (new Parameter(torch.ones(3)), new Parameter(torch.ones(4)));
        var optimizer = new[] { ("a", a), ("b", b) }.Optimize(0.1, rate => new Rules.Adam { LearningRate = rate }, withoutKernels ? s_withoutKernels : null);
        a.grad = torch.ones(3);
        optimizer.step();
        Assert.Equal((1, 0), (optimizer.StepsOf("a"), optimizer.StepsOf("b")));
        Close.AssertWithin(0, torch.ones(4), b, "b");

        b.grad = torch.ones(4);
        a.grad = null;
        var before = a.detach().clone();
        optimizer.step();
        Assert.Equal((1, 1), (optimizer.StepsOf("a"), optimizer.StepsOf("b")));
        Close.AssertWithin(0, before, a, "a");
        Assert.Equal(0.9, b[0].item<float>(), 1e-5);
    }

    [TorchTheory]
    [MemberData(nameof(Engines))]
    public void A_parameter_that_requires_no_gradient_rests_even_with_an_old_one(bool withoutKernels)
    {
        using var scope = torch.NewDisposeScope();
        var a = new Parameter(torch.ones(3));
        var optimizer = new[] { ("a", a) }.Optimize(0.1, rate => new Rules.Adam { LearningRate = rate }, withoutKernels ? s_withoutKernels : null);
        a.grad = torch.ones(3);
        optimizer.step();
        a.requires_grad = false;
        var before = a.detach().clone();
        optimizer.step();
        Close.AssertWithin(0, before, a, "frozen");
        a.requires_grad = true;
        optimizer.step();
        Assert.Equal(2, optimizer.StepsOf("a"));
        Assert.True(Close.Distance(before, a) > 0.05);
    }

    [TorchFact]
    public void A_tied_weight_is_stepped_once()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.ones(3));
        var optimizer = new[] { ("a", weight), ("b", weight) }.Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate });
        weight.grad = torch.ones(3);
        optimizer.step();
        Assert.Equal(0.9, weight[0].item<float>(), 1e-6);
        Assert.Equal("a", Assert.Single(optimizer.Groups[0].NamedParameters).Name);
    }

    [TorchTheory]
    [MemberData(nameof(Engines))]
    public void A_closure_is_run_with_gradients_and_gives_its_loss(bool withoutKernels)
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.full(3, 2f));
        var optimizer = new[] { ("w", weight) }.Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate }, withoutKernels ? s_withoutKernels : null);
        using (torch.no_grad())
        {
            var loss = optimizer.step(() =>
            {
                optimizer.zero_grad();
                var value = weight.square().sum();
                value.backward();
                return value;
            });
            Assert.Equal(12, loss!.item<float>(), 1e-5);
        }

        Assert.Equal(1.6, weight[0].item<float>(), 1e-5);
    }

    [TorchTheory]
    [MemberData(nameof(Engines))]
    public void Autograd_notices_a_step_between_forward_and_backward(bool withoutKernels)
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.full(3, 2f));
        var optimizer = new[] { ("w", weight) }.Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate }, withoutKernels ? s_withoutKernels : null);
        weight.grad = torch.ones(3);
        var loss = weight.square().sum();
        optimizer.step();
        var exception = Assert.ThrowsAny<Exception>(() => loss.backward());
        Assert.Contains("modified by an inplace operation", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void A_rule_of_the_user_s_own_trains()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var options in (RuleOptimizerOptions?[])[null, s_withoutKernels])
        {
            var network = Network();
            var optimizer = network.Optimize(0.05, rate => new OwnRule { Rate = rate }, options);
            var losses = Enumerable.Range(0, 60).Select(_ =>
            {
                var loss = Backward(network, optimizer, batch: 0);
                optimizer.step();
                return loss;
            }).ToList();
            Assert.True(losses[^1] < 0.5 * losses[0], $"{losses[0]} to {losses[^1]}");
        }
    }

    [TorchFact]
    public void Except_and_groups_keep_rates_and_rules_apart()
    {
        using var scope = torch.NewDisposeScope();
        var network = Network();
        var optimizer = network
            .Optimize(0.1, rate => new Rules.SgdW { LearningRate = rate, WeightDecay = 0.5 })
            .Except(p => p.Rank < 2, rate => new Rules.SgdW { LearningRate = rate, WeightDecay = 0 }, lr: 0.2);
        Assert.Equal([2, 2], optimizer.Groups.Select(group => group.NamedParameters.Count));
        Assert.Equal([0.1, 0.2], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(4, optimizer.parameters().Count());

        var before = network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.detach().clone());
        foreach (var (_, parameter) in network.named_parameters())
            parameter.grad = torch.zeros_like(parameter);
        optimizer.step();
        foreach (var (name, parameter) in network.named_parameters())
            Close.AssertWithin(1e-6, parameter.dim() < 2 ? before[name] : before[name] * 0.95, parameter, name);
        Assert.Throws<InvalidOperationException>(() => optimizer.Except(p => true, rate => new Rules.Sgd { LearningRate = rate }));

        var extra = new Parameter(torch.ones(2));
        optimizer.add_param_group(new RuleGroup([("extra", extra)], 1, rate => new Rules.Sgd { LearningRate = rate }));
        extra.grad = torch.ones(2);
        optimizer.step();
        Assert.Equal(0, extra[0].item<float>(), 1e-6);
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new RuleGroup([("extra", new Parameter(torch.ones(2)))], 1, rate => new Rules.Sgd())));
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new ParamGroup()));
    }

    [TorchFact]
    public void A_sparse_gradient_is_refused_with_the_remedy()
    {
        using var scope = torch.NewDisposeScope();
        var embedding = torch.nn.Embedding(10, 4, sparse: true);
        var optimizer = embedding.Optimize(0.1, rate => new Rules.Sgd { LearningRate = rate });
        embedding.forward(torch.tensor(new long[] { 1, 3 })).sum().backward();
        var exception = Assert.Throws<NotSupportedException>(() => optimizer.step());
        Assert.Contains("sparse: false", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void A_gradient_whose_elements_are_not_in_order_is_read_in_order()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.zeros(2, 3));
        var optimizer = new[] { ("w", weight) }.Optimize(1, rate => new Rules.Sgd { LearningRate = rate });
        weight.grad = torch.arange(6, ScalarType.Float32).reshape(3, 2).t();
        optimizer.step();
        Close.AssertWithin(0, -torch.arange(6, ScalarType.Float32).reshape(3, 2).t(), weight, "weights");
    }

    [TorchFact]
    public void A_disposed_parameter_and_a_type_that_no_rule_updates_are_named()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.zeros(2));
        var optimizer = new[] { ("head.w", weight) }.Optimize(1, rate => new Rules.Sgd { LearningRate = rate });
        weight.grad = torch.ones(2);
        optimizer.step();
        weight.Dispose();
        Assert.Contains("head.w", Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message, StringComparison.Ordinal);

        var complex = new Parameter(torch.zeros(2, ScalarType.ComplexFloat32));
        var other = new[] { ("z", complex) }.Optimize(1, rate => new Rules.Sgd { LearningRate = rate });
        Assert.Contains("ComplexFloat32", Assert.Throws<NotSupportedException>(() => other.step()).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Hyper_parameters_out_of_range_throw_before_anything_is_written()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var options in (RuleOptimizerOptions?[])[null, s_withoutKernels])
        {
            var weight = new Parameter(torch.ones(2));
            var rule = new Rules.Adam();
            var optimizer = new[] { ("w", weight) }.Optimize(0.1, rate => rule, options);
            weight.grad = torch.ones(2);
            rule.Beta1 = 2;
            Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.step());
            Close.AssertWithin(0, torch.ones(2), weight, "weights");
            rule.Beta1 = 0.9;
            optimizer.step();
            Assert.Equal(1, optimizer.StepsOf("w"));
        }
    }

    [TorchTheory]
    [InlineData(false, ScalarType.Float32, 10_000)]
    [InlineData(true, ScalarType.Float32, 2_000)]
    [InlineData(false, ScalarType.BFloat16, 2_000)]
    [InlineData(true, ScalarType.Float32, 500, true)]
    public void Thousands_of_steps_leave_no_tensor_behind(bool withoutKernels, ScalarType type, int steps, bool together = false)
    {
        using var scope = torch.NewDisposeScope();
        var network = Network().to(type);
        using var optimizer = network.Optimize(1e-3, rate => together ? new Rules.Prodigy { LearningRate = rate } : new Rules.AdamW { LearningRate = rate }, withoutKernels ? s_withoutKernels : null);
        var (input, target) = (torch.randn(4, 6).to(type), torch.randn(4, 3).to(type));
        var alive = 0L;
        for (var step = 0; step < steps; step++)
        {
            using (torch.NewDisposeScope())
            {
                network.zero_grad();
                torch.nn.functional.mse_loss(network.forward(input), target).backward();
                if (step % 2 == 0)
                    optimizer.step();
            }

            // Outside a scope of its own nobody else disposes of what a step makes.
            if (step % 2 == 1)
                optimizer.step();

            // Tensors that others have left behind may be collected at any time; ours would add up.
            if (step == 10)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                alive = Tensor.TotalCount;
            }
            else if (step > 10)
            {
                Assert.InRange(Tensor.TotalCount, 0, alive);
            }
        }
    }

    [TorchFact]
    public void Two_threads_give_the_bits_of_one()
    {
        using var scope = torch.NewDisposeScope();
        Tensor Run(int threads)
        {
            torch.manual_seed(4);
            var weight = new Parameter(torch.randn(300_000));
            var optimizer = new[] { ("w", weight) }.Optimize(0.01, rate => new Rules.Lamb { LearningRate = rate }, new RuleOptimizerOptions { Threads = threads });
            for (var step = 0; step < 5; step++)
            {
                weight.grad = torch.randn(300_000);
                optimizer.step();
            }

            return weight;
        }

        Assert.Equal(Run(1).data<float>().ToArray(), Run(2).data<float>().ToArray());
    }

    private static Sequential Network()
    {
        torch.manual_seed(5);
        return torch.nn.Sequential(("body", torch.nn.Linear(6, 8)), ("relu", torch.nn.ReLU()), ("head", torch.nn.Linear(8, 3)));
    }

    private static double Backward(Sequential network, torch.optim.Optimizer optimizer, int batch, bool toNull = true)
    {
        torch.manual_seed(1000 + batch);
        if (toNull)
            network.zero_grad(set_to_none: true);
        else
            optimizer.zero_grad();
        var loss = torch.nn.functional.mse_loss(network.forward(torch.randn(16, 6)), torch.randn(16, 3));
        loss.backward();
        return loss.item<float>();
    }

    private static void AssertSame(double tolerance, nn.Module expected, nn.Module actual)
    {
        foreach (var ((name, theirs), (_, ours)) in expected.named_parameters().Zip(actual.named_parameters()))
            Close.AssertWithin(tolerance, theirs, ours, name);
    }
}
