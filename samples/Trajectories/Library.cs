using OptDsl;
using OptDsl.Rules;

namespace Trajectories;

/// <summary>The ready-made rules, family by family.</summary>
internal static class Library
{
    /// <summary>All of them, each made from a step size.</summary>
    public static IReadOnlyList<(string Name, Family Family, Func<double, IUpdateRule<double>> Create)> Rules { get; } =
    [
        ("AggMo", Family.Momentum, η => new AggMo { LearningRate = η }),
        ("Asgd", Family.Momentum, η => new Asgd { LearningRate = η }),
        ("AveragedMomentum", Family.Momentum, η => new AveragedMomentum { LearningRate = η }),
        ("ClassicMomentum", Family.Momentum, η => new ClassicMomentum { LearningRate = η }),
        ("MindSporeMomentum", Family.Momentum, η => new MindSporeMomentum { LearningRate = η }),
        ("Momentum", Family.Momentum, η => new Momentum { LearningRate = η }),
        ("NesterovMomentum", Family.Momentum, η => new NesterovMomentum { LearningRate = η }),
        ("Qhm", Family.Momentum, η => new Qhm { LearningRate = η }),
        ("Sgd", Family.Momentum, η => new Sgd { LearningRate = η }),
        ("SgdW", Family.Momentum, η => new SgdW { LearningRate = η }),
        ("AdEmaMix", Family.Adaptive, η => new AdEmaMix { LearningRate = η }),
        ("AdaBelief", Family.Adaptive, η => new AdaBelief { LearningRate = η }),
        ("AdaBound", Family.Adaptive, η => new AdaBound { LearningRate = η }),
        ("AdaDelta", Family.Adaptive, η => new AdaDelta { LearningRate = η }),
        ("AdaGrad", Family.Adaptive, η => new AdaGrad { LearningRate = η }),
        ("AdaMax", Family.Adaptive, η => new AdaMax { LearningRate = η }),
        ("AdaMod", Family.Adaptive, η => new AdaMod { LearningRate = η }),
        ("Adam", Family.Adaptive, η => new Adam { LearningRate = η }),
        ("AdamW", Family.Adaptive, η => new AdamW { LearningRate = η }),
        ("Adan", Family.Adaptive, η => new Adan { LearningRate = η }),
        ("Adopt", Family.Adaptive, η => new Adopt { LearningRate = η }),
        ("AdamW, cautious", Family.Adaptive, η => new AdamW { LearningRate = η, Caution = true }),
        ("NAdamW, cautious", Family.Adaptive, η => new NAdamW { LearningRate = η, Caution = true }),
        ("DiffGrad", Family.Adaptive, η => new DiffGrad { LearningRate = η }),
        ("LaProp", Family.Adaptive, η => new LaProp { LearningRate = η }),
        ("Mars", Family.Adaptive, η => new Mars { LearningRate = η }),
        ("NAdam", Family.Adaptive, η => new NAdam { LearningRate = η }),
        ("NAdamW", Family.Adaptive, η => new NAdamW { LearningRate = η }),
        ("QhAdam", Family.Adaptive, η => new QhAdam { LearningRate = η }),
        ("RAdam", Family.Adaptive, η => new RAdam { LearningRate = η }),
        ("RmsProp", Family.Adaptive, η => new RmsProp { LearningRate = η }),
        ("RmsPropTF", Family.Adaptive, η => new RmsPropTF { LearningRate = η }),
        ("Yogi", Family.Adaptive, η => new Yogi { LearningRate = η }),
        ("Lion, cautious", Family.Sign, η => new Lion { LearningRate = η, Caution = true }),
        ("Lion", Family.Sign, η => new Lion { LearningRate = η }),
        ("Rprop", Family.Sign, η => new Rprop { LearningRate = η }),
        ("SignSgd", Family.Sign, η => new SignSgd { LearningRate = η }),
        ("Signum", Family.Sign, η => new Signum { LearningRate = η }),
        ("Adafactor", Family.Norm, η => new Adafactor { LearningRate = η }),
        ("AdafactorBV", Family.Norm, η => new AdafactorBV { LearningRate = η }),
        ("AdafactorTimm", Family.Norm, η => new AdafactorTimm { LearningRate = η }),
        ("Lamb", Family.Norm, η => new Lamb { LearningRate = η }),
        ("Lars", Family.Norm, η => new Lars { LearningRate = η }),
        ("NovoGrad", Family.Norm, η => new NovoGrad { LearningRate = η }),
        ("Madgrad", Family.Free, η => new Madgrad { LearningRate = η }),
        ("Prodigy", Family.Free, η => new Prodigy { LearningRate = η }),
        ("ScheduleFreeAdamW", Family.Free, η => new ScheduleFreeAdamW { LearningRate = η }),
        ("ScheduleFreeSgd", Family.Free, η => new ScheduleFreeSgd { LearningRate = η }),
    ];

    /// <summary>The families, as the legends of the pictures name them.</summary>
    public static IReadOnlyList<(Family Family, string Label)> Families { get; } =
    [
        (Family.Momentum, "momentum"),
        (Family.Adaptive, "a scale for every element"),
        (Family.Sign, "signs"),
        (Family.Norm, "norms of whole tensors"),
        (Family.Free, "free of schedules"),
    ];

    /// <summary>Runs that other implementations recorded: 60 steps with these hyper-parameters.</summary>
    public static IReadOnlyList<(string Case, Landscape Landscape, IUpdateRule<double> Rule)> Recorded { get; } =
    [
        ("loop_momentum_rosenbrock", Landscape.Ravine, new Momentum { LearningRate = 0.0005 }),
        ("loop_momentum_bowl", Landscape.Bowl, new Momentum { LearningRate = 0.1, Nesterov = true }),
        ("loop_adam_rosenbrock", Landscape.Ravine, new Adam { LearningRate = 0.02 }),
        ("loop_adamw_bowl", Landscape.Bowl, new AdamW { LearningRate = 0.1, WeightDecay = 0.01 }),
        ("loop_rmsprop_rosenbrock", Landscape.Ravine, new RmsProp { LearningRate = 0.01 }),
        ("loop_adagrad_bowl", Landscape.Bowl, new AdaGrad { LearningRate = 0.5 }),
        ("loop_adadelta_bowl", Landscape.Bowl, new AdaDelta { LearningRate = 1 }),
        ("loop_adamax_rosenbrock", Landscape.Ravine, new AdaMax { LearningRate = 0.02 }),
        ("loop_nadam_rosenbrock", Landscape.Ravine, new NAdam { LearningRate = 0.02 }),
        ("loop_radam_rosenbrock", Landscape.Ravine, new RAdam { LearningRate = 0.001 }),
        ("loop_rprop_bowl", Landscape.Bowl, new Rprop { LearningRate = 0.05 }),
        ("loop_lion_rosenbrock", Landscape.Ravine, new Lion { LearningRate = 0.01 }),
        ("loop_adabelief_bowl", Landscape.Bowl, new AdaBelief { LearningRate = 0.05, Epsilon = 1e-8, Rectify = false }),
    ];
}

/// <summary>What a rule makes its step from; also the colour of its path.</summary>
internal enum Family
{
    /// <summary>The gradient and its running sums.</summary>
    Momentum,

    /// <summary>A step size of its own for every element.</summary>
    Adaptive,

    /// <summary>The sign of the gradient or of an average.</summary>
    Sign,

    /// <summary>Norms of the whole tensor.</summary>
    Norm,

    /// <summary>A schedule or a step size found by the rule itself.</summary>
    Free,
}
