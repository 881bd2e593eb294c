using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Benchmarks;

/// <summary>One of TorchSharp's optimizers with some options, and the rule of this library that is to do the same.</summary>
/// <param name="Name">The optimizer and its options, as TorchSharp calls them.</param>
/// <param name="Rate">The learning rate of both.</param>
/// <param name="Theirs">Makes TorchSharp's optimizer.</param>
/// <param name="Ours">Makes the rule.</param>
/// <param name="Tolerance">How far weights may be apart after 50 steps in float32, relative to the larger of them and of 1.</param>
public sealed record OptionSet(string Name, double Rate, Func<Parameter[], double, optim.Optimizer> Theirs, Func<Schedule, IUpdateRule> Ours, double Tolerance)
{
    /// <summary>What TorchSharp does wrong, so that the two differ; null where it does not.</summary>
    public string? Fault { get; init; }

    /// <summary>All sets that are compared.</summary>
    public static IReadOnlyList<OptionSet> All { get; } = [.. Sgd(), .. Adam(), .. RmsProp(), .. Others(), .. Faults()];

    private static IEnumerable<OptionSet> Sgd()
    {
        yield return new("SGD", 0.05, (p, lr) => optim.SGD(p, lr), η => new Rules.Sgd { LearningRate = η }, 1e-6);
        yield return new("SGD weight_decay", 0.05, (p, lr) => optim.SGD(p, lr, weight_decay: 0.1), η => new Rules.Sgd { LearningRate = η, WeightDecay = 0.1 }, 1e-6);
        yield return new("SGD momentum", 0.05, (p, lr) => optim.SGD(p, lr, momentum: 0.9), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9 }, 1e-6);
        yield return new("SGD momentum, dampening", 0.05, (p, lr) => optim.SGD(p, lr, momentum: 0.9, dampening: 0.3), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9, Dampening = 0.3 }, 1e-6);
        yield return new("SGD momentum, nesterov", 0.05, (p, lr) => optim.SGD(p, lr, momentum: 0.9, nesterov: true), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9, Nesterov = true }, 1e-6);
        yield return new("SGD momentum, weight_decay", 0.05, (p, lr) => optim.SGD(p, lr, momentum: 0.9, weight_decay: 0.01), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9, WeightDecay = 0.01 }, 1e-6);
        yield return new("SGD momentum, maximize", 0.05, (p, lr) => optim.SGD(p, lr, momentum: 0.9, maximize: true), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9, Maximize = true }, 1e-6);
    }

    private static IEnumerable<OptionSet> Adam()
    {
        yield return new("Adam", 0.01, (p, lr) => optim.Adam(p, lr), η => new Rules.Adam { LearningRate = η }, 5e-6);
        yield return new("Adam amsgrad", 0.01, (p, lr) => optim.Adam(p, lr, amsgrad: true), η => new Rules.Adam { LearningRate = η, Amsgrad = true }, 5e-6);
        yield return new("Adam weight_decay", 0.01, (p, lr) => optim.Adam(p, lr, weight_decay: 0.1), η => new Rules.Adam { LearningRate = η, WeightDecay = 0.1 }, 5e-6);
        yield return new("Adam betas, eps", 0.01, (p, lr) => optim.Adam(p, lr, 0.8, 0.95, 1e-3), η => new Rules.Adam { LearningRate = η, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3 }, 5e-6);
        yield return new("Adam maximize", 0.01, (p, lr) => optim.Adam(p, lr, maximize: true), η => new Rules.Adam { LearningRate = η, Maximize = true }, 5e-6);
        yield return new("AdamW", 0.01, (p, lr) => optim.AdamW(p, lr), η => new Rules.AdamW { LearningRate = η, WeightDecay = 0 }, 5e-6);
        yield return new("AdamW weight_decay", 0.01, (p, lr) => optim.AdamW(p, lr, weight_decay: 0.1), η => new Rules.AdamW { LearningRate = η, WeightDecay = 0.1 }, 5e-6);
        yield return new("AdamW weight_decay, amsgrad", 0.01, (p, lr) => optim.AdamW(p, lr, weight_decay: 0.1, amsgrad: true), η => new Rules.AdamW { LearningRate = η, WeightDecay = 0.1, Amsgrad = true }, 5e-6);
        yield return new("AdamW maximize", 0.01, (p, lr) => optim.AdamW(p, lr, maximize: true), η => new Rules.AdamW { LearningRate = η, WeightDecay = 0, Maximize = true }, 5e-6);
        yield return new("Adamax", 0.01, (p, lr) => optim.Adamax(p, lr), η => new Rules.AdaMax { LearningRate = η }, 5e-6);
        yield return new("Adamax weight_decay", 0.01, (p, lr) => optim.Adamax(p, lr, weight_decay: 0.1), η => new Rules.AdaMax { LearningRate = η, WeightDecay = 0.1 }, 5e-6);
        yield return new("NAdam", 0.01, (p, lr) => optim.NAdam(p, lr), η => new Rules.NAdam { LearningRate = η }, 1e-5);
        yield return new("NAdam weight_decay", 0.01, (p, lr) => optim.NAdam(p, lr, weight_decay: 0.1), η => new Rules.NAdam { LearningRate = η, WeightDecay = 0.1 }, 1e-5);
    }

    private static IEnumerable<OptionSet> RmsProp()
    {
        yield return new("RMSProp", 0.01, (p, lr) => optim.RMSProp(p, lr), η => new Rules.RmsProp { LearningRate = η }, 1e-5);
        yield return new("RMSProp momentum", 0.01, (p, lr) => optim.RMSProp(p, lr, momentum: 0.9), η => new Rules.RmsProp { LearningRate = η, Momentum = 0.9 }, 1e-5);
        yield return new("RMSProp centered", 0.01, (p, lr) => optim.RMSProp(p, lr, centered: true), η => new Rules.RmsProp { LearningRate = η, Centered = true }, 1e-5);
        yield return new("RMSProp centered, momentum", 0.01, (p, lr) => optim.RMSProp(p, lr, momentum: 0.9, centered: true), η => new Rules.RmsProp { LearningRate = η, Momentum = 0.9, Centered = true }, 1e-5);
        yield return new("RMSProp weight_decay", 0.01, (p, lr) => optim.RMSProp(p, lr, weight_decay: 0.1), η => new Rules.RmsProp { LearningRate = η, WeightDecay = 0.1 }, 1e-5);
    }

    private static IEnumerable<OptionSet> Others()
    {
        yield return new("Adagrad", 0.05, (p, lr) => optim.Adagrad(p, lr), η => new Rules.AdaGrad { LearningRate = η }, 5e-6);
        yield return new("Adagrad lr_decay", 0.05, (p, lr) => optim.Adagrad(p, lr, lr_decay: 0.1), η => new Rules.AdaGrad { LearningRate = η, LearningRateDecay = 0.1 }, 5e-6);
        yield return new("Adagrad weight_decay, initial_accumulator_value", 0.05, (p, lr) => optim.Adagrad(p, lr, 0, 0.1, 0.5), η => new Rules.AdaGrad { LearningRate = η, WeightDecay = 0.1, InitialAccumulatorValue = 0.5 }, 5e-6);
        yield return new("Adadelta", 1, (p, lr) => optim.Adadelta(p, lr), η => new Rules.AdaDelta { LearningRate = η }, 5e-6);
        yield return new("Adadelta rho, weight_decay", 1, (p, lr) => optim.Adadelta(p, lr, 0.8, weight_decay: 0.1), η => new Rules.AdaDelta { LearningRate = η, Rho = 0.8, WeightDecay = 0.1 }, 5e-6);
        yield return new("Rprop", 0.01, (p, lr) => optim.Rprop(p, lr), η => new Rules.Rprop { LearningRate = η }, 1e-6);
        yield return new("ASGD", 0.01, (p, lr) => optim.ASGD(p, lr), η => new Rules.Asgd { LearningRate = η }, 3e-5);
        yield return new("ASGD lambd, t0, weight_decay", 0.01, (p, lr) => optim.ASGD(p, lr, 1e-2, 0.6, 20, 0.1), η => new Rules.Asgd { LearningRate = η, Lambd = 1e-2, Alpha = 0.6, T0 = 20, WeightDecay = 0.1 }, 3e-5);
    }

    private static IEnumerable<OptionSet> Faults()
    {
        yield return new("RAdam", 0.01, (p, lr) => optim.RAdam(p, lr), η => new Rules.RAdam { LearningRate = η }, 1e-5)
        {
            Fault = "TorchSharp multiplies by the step size twice where the step is rectified",
        };
        yield return new("SGD momentum, weight_decay, maximize", 0.05, (p, lr) => optim.SGD(p, lr, momentum: 0.9, weight_decay: 0.01, maximize: true), η => new Rules.Sgd { LearningRate = η, Momentum = 0.9, WeightDecay = 0.01, Maximize = true }, 1e-6)
        {
            Fault = "TorchSharp climbs along the decay too, so that the weights grow",
        };
    }
}
