using OptDsl.Torch.Benchmarks;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace OptDsl.Torch.Tests;

/// <summary>Every scheduler of TorchSharp, on this optimizer and on its own.</summary>
public sealed class SchedulerTests
{
    private static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> s_schedulers = new()
    {
        ["LambdaLR"] = optimizer => LambdaLR(optimizer, epoch => 1.0 / (1 + epoch)),
        ["MultiplicativeLR"] = optimizer => MultiplicativeLR(optimizer, epoch => 0.9),
        ["StepLR"] = optimizer => StepLR(optimizer, 7, 0.3),
        ["MultiStepLR"] = optimizer => MultiStepLR(optimizer, [3, 9], 0.2),
        ["PolynomialLR"] = optimizer => PolynomialLR(optimizer, 20, 2),
        ["ExponentialLR"] = optimizer => ExponentialLR(optimizer, 0.9),
        ["ConstantLR"] = optimizer => ConstantLR(optimizer, 0.25, 5),
        ["LinearLR"] = optimizer => LinearLR(optimizer, total_iters: 10),
        ["SequentialLR"] = optimizer => SequentialLR(optimizer, [LinearLR(optimizer, total_iters: 5), ExponentialLR(optimizer, 0.9)], [5]),
        ["CosineAnnealingLR"] = optimizer => CosineAnnealingLR(optimizer, 20),
        ["CyclicLR"] = optimizer => CyclicLR(optimizer, 1e-3, 1e-2, step_size_up: 5),
        ["OneCycleLR"] = optimizer => OneCycleLR(optimizer, 0.02, total_steps: 30),
        ["OneCycleLR, three phases"] = optimizer => OneCycleLR(optimizer, 0.02, total_steps: 30, three_phase: true),
    };

    public static TheoryData<string> OfMomentum => [.. s_schedulers.Keys];

    public static TheoryData<string> OfBetas => [.. s_schedulers.Keys.Where(name => name != "CyclicLR")];

    [TorchTheory]
    [MemberData(nameof(OfMomentum))]
    public void A_rule_with_momentum_follows_as_SGD_does(string scheduler) => AssertFollows(
        scheduler, parameters => optim.SGD(parameters, 1e-2, momentum: 0.9), rate => new Rules.Sgd { LearningRate = rate, Momentum = 0.9 });

    [TorchTheory]
    [MemberData(nameof(OfBetas))]
    public void A_rule_with_moments_follows_as_Adam_does(string scheduler) => AssertFollows(
        scheduler, parameters => optim.Adam(parameters, 1e-2), rate => new Rules.Adam { LearningRate = rate });

    [TorchTheory]
    [MemberData(nameof(OfBetas))]
    public void A_rule_whose_rate_is_a_number_follows_too(string scheduler) => AssertFollows(
        scheduler, parameters => optim.SGD(parameters, 1e-2, momentum: 0.9), rate => new RuleOfNumbers { Rate = rate, Momentum = 0.9 });

    [TorchFact]
    public void ReduceLROnPlateau_sets_the_rate()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.ones(1));
        var optimizer = new[] { ("w", weight) }.Optimize(1, rate => new Rules.Sgd { LearningRate = rate });
        var scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1);
        for (var step = 0; step < 3; step++)
            scheduler.step(1.0);
        Assert.Equal(0.5, optimizer.Groups[0].LearningRate);
        weight.grad = torch.ones(1);
        optimizer.step();
        Assert.Equal(0.5, weight[0].item<float>(), 1e-6);
    }

    [TorchFact]
    public void A_rule_without_momentum_says_so_to_schedulers_that_cycle_it()
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = new[] { new Parameter(torch.ones(1)) }.Optimize(1, rate => new Rules.AdaGrad { LearningRate = rate });
        Assert.Contains("cycle_momentum: false", Assert.Throws<NotSupportedException>(() => OneCycleLR(optimizer, 0.02, total_steps: 30)).Message, StringComparison.Ordinal);
        OneCycleLR(optimizer, 0.02, total_steps: 30, cycle_momentum: false).step();
    }

    [TorchFact]
    public void A_number_made_from_the_rate_follows_it_and_others_stay_as_they_were_set()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.zeros(1));
        var optimizer = new[] { ("w", weight) }.Optimize(0.5, rate => new RuleOfNumbers { Rate = 2 * rate, Momentum = 0.5 });
        var (group, rule) = (optimizer.Groups[0], (RuleOfNumbers)optimizer.Groups[0].Rule);
        Assert.Equal(1, rule.Rate);
        rule.Momentum = 0;
        group.LearningRate = 0.25;
        weight.grad = torch.ones(1);
        optimizer.step();
        Assert.Equal((0.5, 0), (rule.Rate, rule.Momentum));
        Assert.Equal(-0.5, weight[0].item<float>(), 1e-6);
    }

    [TorchFact]
    public void A_schedule_made_from_the_rate_is_made_anew()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.zeros(1));
        var optimizer = new[] { ("w", weight) }.Optimize(0.5, rate => new Rules.Sgd { LearningRate = new Schedules.ExponentialDecay { Initial = rate, Factor = 0.5 } });
        weight.grad = torch.ones(1);
        optimizer.step();
        optimizer.Groups[0].LearningRate = 8;
        optimizer.step();
        Assert.Equal(-4.5, weight[0].item<float>(), 1e-6);
    }

    [TorchFact]
    public void A_rate_that_can_be_set_only_while_the_rule_is_made_follows()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new Parameter(torch.zeros(1));
        var optimizer = new[] { ("w", weight) }.Optimize(0.5, rate => new RuleOfOneNumber(rate));
        weight.grad = torch.ones(1);
        optimizer.step();
        Assert.Equal(-0.5, weight[0].item<float>(), 1e-6);
        optimizer.Groups[0].LearningRate = 0.25;
        optimizer.step();
        Assert.Equal(-0.75, weight[0].item<float>(), 1e-6);
    }

    private static void AssertFollows(string scheduler, Func<Parameter[], optim.Optimizer> reference, Func<GroupRate, IUpdateRule> rule)
    {
        using var scope = torch.NewDisposeScope();
        var (ours, theirs) = (new Parameter(torch.ones(3)), new Parameter(torch.ones(3)));
        var (optimizer, own) = (new[] { ("w", ours) }.Optimize(1e-2, rule), reference([theirs]));
        var (schedule, ownSchedule) = (s_schedulers[scheduler](optimizer), s_schedulers[scheduler](own));
        torch.manual_seed(1);
        for (var step = 0; step < 25; step++)
        {
            theirs.grad = torch.randn(3);
            ours.grad = theirs.grad;
            TorchSharpStep.Run(own);
            optimizer.step();
            ownSchedule.step();
            schedule.step();
            Assert.Equal(own.ParamGroups.Single().LearningRate, optimizer.Groups[0].LearningRate);
        }

        Close.AssertWithin(1e-5, theirs, ours, scheduler);
    }
}
