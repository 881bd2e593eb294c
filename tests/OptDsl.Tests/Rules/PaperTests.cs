using System.Numerics;
using OptDsl.Rules;
using OptDsl.Tests.Rules.Papers;

namespace OptDsl.Tests.Rules;

/// <summary>The rules without a recorded trajectory, against independent statements of their algorithms.</summary>
public sealed class PaperTests
{
    private static readonly Func<int, double> s_warmup = t => Math.Min(1, t / 8.0);

    private static readonly Dictionary<string, Pair> s_pairs = new()
    {
        ["ClassicMomentum"] = new(() => new ClassicMomentum { LearningRate = 0.03, Momentum = 0.8 }, () => new ClassicMomentumPaper(0.03, 0.8)),
        ["AveragedMomentum"] = new(() => new AveragedMomentum { LearningRate = 0.03, Beta = 0.8 }, () => new AveragedMomentumPaper(0.03, 0.8)),
        ["NesterovMomentum"] = new(() => new NesterovMomentum { LearningRate = 0.03, Momentum = 0.8 }, () => new NesterovPaper(0.03, 0.8)),
        ["MindSporeMomentum"] = new(() => new MindSporeMomentum { LearningRate = 0.02, Momentum = 0.8, WeightDecay = 0.1 }, () => new MindSporePaper(0.02, 0.8, 0.1, false)),
        ["MindSporeMomentum, Nesterov"] = new(() => new MindSporeMomentum { LearningRate = 0.02, Momentum = 0.8, WeightDecay = 0.1, Nesterov = true }, () => new MindSporePaper(0.02, 0.8, 0.1, true)),
        ["SignSgd"] = new(() => new SignSgd { LearningRate = 0.02, WeightDecay = 0.1 }, () => new SignumPaper(0.02, 0, 0.1)),
        ["Signum"] = new(() => new Signum { LearningRate = 0.02, Beta = 0.75, WeightDecay = 0.1 }, () => new SignumPaper(0.02, 0.75, 0.1)),
        ["ScheduleFreeSgd"] = new(
            () => new ScheduleFreeSgd { LearningRate = 0.05, WeightDecay = 0.02 },
            () => new ScheduleFreeSgdPaper(_ => 0.05, 0.9, 0.02, 0, 2))
        { Result = "x" },
        ["ScheduleFreeSgd, warm-up"] = new(
            () => new ScheduleFreeSgd { LearningRate = new TableSchedule([.. Enumerable.Range(1, 100).Select(s_warmup)]), Momentum = 0.8, R = 1, WeightLearningRatePower = 1.5 },
            () => new ScheduleFreeSgdPaper(s_warmup, 0.8, 0, 1, 1.5))
        { Result = "x" },
        ["QhAdam"] = new(
            () => new QhAdam { LearningRate = 0.02, Beta1 = 0.8, Beta2 = 0.95, Nu1 = 0.6, Nu2 = 0.9, Epsilon = 1e-6, WeightDecay = 0.05 },
            () => new QhAdamPaper(0.02, 0.8, 0.95, 0.6, 0.9, 1e-6, 0.05)),
        ["AdaMod"] = new(
            () => new AdaMod { LearningRate = 0.02, Beta1 = 0.8, Beta2 = 0.95, Beta3 = 0.9, Epsilon = 1e-6, WeightDecay = 0.05 },
            () => new AdaModPaper(0.02, 0.8, 0.95, 0.9, 1e-6, 0.05)),
        ["AdaBound, amsbound"] = new(
            () => new AdaBound { LearningRate = 0.02, Beta1 = 0.8, Beta2 = 0.7, FinalLearningRate = 0.1, Gamma = 0.05, Epsilon = 1e-6, WeightDecay = 0.05, Amsbound = true },
            () => new AmsBoundPaper(0.02, 0.8, 0.7, 0.1, 0.05, 1e-6, 0.05)),
        ["RmsPropTF, centered"] = new(
            () => new RmsPropTF { LearningRate = 0.02, Alpha = 0.8, Momentum = 0.7, Epsilon = 1e-3, WeightDecay = 0.05, Centered = true },
            () => new CenteredTFPaper(0.02, 0.8, 0.7, 1e-3, 0.05)),
        ["RmsPropTF, centered without momentum"] = new(
            () => new RmsPropTF { LearningRate = 0.02, Alpha = 0.8, Epsilon = 1e-3, Centered = true }, () => new CenteredTFPaper(0.02, 0.8, 0, 1e-3, 0)),
        ["Madgrad"] = new(
            () => new Madgrad { LearningRate = 0.02, Momentum = 0.8, WeightDecay = 0.05 }, () => new MadgradPaper(0.02, 0.8, 1e-6, 0.05)),
        ["Adan"] = new(
            () => new Adan { LearningRate = 0.02, Beta1 = 0.9, Beta2 = 0.85, Beta3 = 0.95, WeightDecay = 0.05 },
            () => new AdanPaper(0.02, 0.9, 0.85, 0.95, 1e-8, 0.05, false)),
        ["Adan, no_prox"] = new(
            () => new Adan { LearningRate = 0.02, WeightDecay = 0.05, NoProx = true }, () => new AdanPaper(0.02, 0.98, 0.92, 0.99, 1e-8, 0.05, true)),
        ["AdEmaMix"] = new(
            () => new AdEmaMix { LearningRate = 0.02, WeightDecay = 0.05 }, () => new AdEmaMixPaper(0.02, 0.9, 0.999, 0.9999, 2, 0, 0, 1e-8, 0.05)),
        ["AdEmaMix, warm-up"] = new(
            () => new AdEmaMix { LearningRate = 0.02, Beta3 = 0.99, Alpha = 5, AlphaWarmup = 20, Beta3Warmup = 30 },
            () => new AdEmaMixPaper(0.02, 0.9, 0.999, 0.99, 5, 20, 30, 1e-8, 0)),
        ["AdamW, cautious"] = new(() => new AdamW { LearningRate = 0.02, WeightDecay = 0.05, Caution = true }, () => new CautiousAdamWPaper(0.02, 0.9, 0.999, 1e-8, 0.05)),
        ["ScheduleFreeAdamW"] = new(
            () => new ScheduleFreeAdamW { LearningRate = 0.05, WeightDecay = 0.02 },
            () => new ScheduleFreeAdamWPaper(_ => 0.05, 0.9, 0.999, 1e-8, 0.02, 0, 2))
        { Result = "x" },
        ["ScheduleFreeAdamW, warm-up"] = new(
            () => new ScheduleFreeAdamW { LearningRate = new TableSchedule([.. Enumerable.Range(1, 100).Select(t => 0.05 * s_warmup(t))]), Beta1 = 0.8, Beta2 = 0.95, R = 1, WeightLearningRatePower = 1.5 },
            () => new ScheduleFreeAdamWPaper(t => 0.05 * s_warmup(t), 0.8, 0.95, 1e-8, 0, 1, 1.5))
        { Result = "x" },
        ["Prodigy"] = new(() => new Prodigy { WeightDecay = 0.05 }, () => new ProdigyPaper(new() { WeightDecay = 0.05 })) { DoubleTolerance = 1e-10, FloatTolerance = 0.02 },
        ["Prodigy, other options"] = new(
            () => new Prodigy { LearningRate = 0.7, Beta2 = 0.95, WeightDecay = 0.05, D0 = 1e-4, DCoef = 2, GrowthRate = 1.5, UseBiasCorrection = true, Decouple = false },
            () => new ProdigyPaper(new() { Lr = _ => 0.7, Beta2 = 0.95, WeightDecay = 0.05, D0 = 1e-4, DCoef = 2, GrowthRate = 1.5, UseBiasCorrection = true, Decouple = false }))
        { FloatTolerance = 1e-4 },
    };

    public static TheoryData<string> Names => [.. s_pairs.Keys];

    /// <summary>The rules that the table covers.</summary>
    internal static IEnumerable<string> Covered => s_pairs.Values.Select(pair => pair.Rule().GetType().Name).Distinct();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernel_in_double_agrees_with_the_algorithm(string name) =>
        Check<double>(name, s_pairs[name].DoubleTolerance);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernel_in_float_agrees_with_the_algorithm(string name) =>
        Check<float>(name, s_pairs[name].FloatTolerance);

    [Fact]
    public void Every_rule_has_a_recorded_trajectory_or_an_algorithm()
    {
        var covered = GoldenClaims.All.Select(claim => claim.Rule.Name).Concat(Covered).ToHashSet();
        Assert.All(DeclaredRule.All, rule => Assert.Contains(rule.Name, covered));
    }

    /// <summary>The largest difference over all cases of a rule, relative to the largest weight of the coordinate.</summary>
    internal static double Worst<T>(string rule)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        s_pairs.Where(pair => pair.Value.Rule().GetType().Name == rule).Max(pair => Difference<T>(pair.Key));

    private static void Check<T>(string name, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var difference = Difference<T>(name);
        Assert.True(difference <= tolerance, $"{name} differs by {difference:E1}, allowed {tolerance:E0}.");
    }

    private static double Difference<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Count = 37, Steps = 60;
        var pair = s_pairs[name];
        var paper = pair.Paper();
        var random = new Random(20240607);

        // Values that float holds exactly, so that both start from the same.
        var expected = Enumerable.Range(0, Count).Select(_ => (double)(float)((2 * random.NextDouble()) - 1)).ToArray();
        var parameter = new Parameter<T>("w", expected.Select(T.CreateTruncating).ToArray(), new T[Count]);
        var optimizer = new Optimizer<T>();
        optimizer.Add((IUpdateRule<T>)pair.Rule(), parameter);
        var largest = expected.Select(Math.Abs).ToArray();
        var worst = 0.0;
        for (var t = 1; t <= Steps; t++)
        {
            var gradient = Enumerable.Range(0, Count).Select(i => Gradient(i, t, random)).ToArray();
            gradient.Select(T.CreateTruncating).ToArray().CopyTo(parameter.Gradient);
            paper.Step(expected, gradient, t);
            optimizer.Step();
            Compare(expected, parameter.Value.Span);
            if (pair.Result is { } result)
                Compare(paper.Result!, optimizer.State("w", result).Span);
        }

        return worst;

        void Compare(double[] wanted, ReadOnlySpan<T> actual)
        {
            for (var i = 0; i < Count; i++)
            {
                largest[i] = Math.Max(largest[i], Math.Abs(wanted[i]));
                var difference = Math.Abs(double.CreateTruncating(actual[i]) - wanted[i]);
                worst = Math.Max(worst, difference == 0 ? 0 : double.IsFinite(difference) ? difference / largest[i] : double.PositiveInfinity);
            }
        }
    }

    /// <summary>Ordinary elements, and some that never, rarely, alternately, hugely or hardly have a gradient.</summary>
    private static double Gradient(int element, int step, Random random)
    {
        var noise = (2 * random.NextDouble()) - 1 + (0.5 * Math.Sin(element));
        var value = element switch
        {
            0 => 0,
            1 => step % 7 == 0 ? noise : 0,
            2 => step % 2 == 0 ? 0.5 : -0.25,
            3 => 1000 * noise,
            4 => 1e-6 * noise,
            5 => step < 5 ? 0 : noise,
            _ => noise,
        };
        return (float)value;
    }

    /// <summary>A rule with its options, and its algorithm.</summary>
    private sealed record Pair(Func<object> Rule, Func<PaperAlgorithm> Paper)
    {
        /// <summary>The state that is the result, where there is one.</summary>
        public string? Result { get; init; }

        public double DoubleTolerance { get; init; } = 1e-11;

        /// <summary>
        /// Prodigy's first steps are a few units in the last place of a float: its estimate is a quotient of sums of them.
        /// </summary>
        public double FloatTolerance { get; init; } = 2e-5;
    }
}
