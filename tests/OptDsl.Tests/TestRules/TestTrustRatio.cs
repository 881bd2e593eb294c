using System.Numerics;
using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl.Tests.TestRules;

/// <summary>
/// A rule of two passes by hand, in the manner of LARS: s = βs + (1-β)sum(g²) is one value a tensor, m = μm + g, and the step
/// is ‖W‖/(‖m‖ + √s + maxabs(g) + 1). Its reductions sum blocks of 512 elements in a tree, as compiled kernels do.
/// </summary>
public sealed class TestTrustRatio : IUpdateRule<float>, IUpdateRule<double>
{
    private const int BlockLength = 512;
    private const double Beta = 0.75;

    private static readonly RuleDescription s_description = new()
    {
        Name = nameof(TestTrustRatio),
        Formulas = "s = βs + (1-β)sum(g²)\nm = μm + g\nW = W - η‖W‖/(‖m‖ + √s + maxabs(g) + 1)m",
        Hash = "test-trust-ratio",
        States = [new StateDescription("s", "0.5", Per.Tensor, Output: false), new StateDescription("m", "W", Per.Element, Output: false)],
        Hypers = [new HyperDescription("η", nameof(LearningRate), 0.01, 0, double.PositiveInfinity) { IsLearningRate = true }],
        Passes =
        [
            new PassDescription(["W", "g", "m"], ["m"],
            [
                new ReductionDescription("sum(g²)", ReductionKind.Sum),
                new ReductionDescription("maxabs(g)", ReductionKind.Max),
                new ReductionDescription("sum(W²)", ReductionKind.Sum),
                new ReductionDescription("sum(m²)", ReductionKind.Sum),
            ]),
            new PassDescription(["W", "m"], ["W"], [new ReductionDescription("sum(W)", ReductionKind.Sum)]),
        ],
        ScalarCount = 3,
    };

    public Schedule LearningRate { get; set; } = 0.01;

    public RuleDescription Description => s_description;

    public double HyperAt(int index, RuleStep step) => RuleChecks.RateAt(LearningRate, step, nameof(LearningRate));

    public Schedule? ScheduleOf(int index) => LearningRate;

    public void BeginStep(RuleStep step, Span<double> scalars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Count, 1, nameof(step));
        scalars[0] = HyperAt(0, step);
    }

    public void BeforePass(int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates)
    {
        if (pass == 1)
        {
            scalars[2] = (Beta * tensorStates[0]) + ((1 - Beta) * totals[0]);
            scalars[1] = scalars[0] * Math.Sqrt(totals[2]) / (Math.Sqrt(totals[3]) + Math.Sqrt(scalars[2]) + totals[1] + 1);
        }
        else if (pass == 2)
        {
            tensorStates[0] = scalars[2] + (1e-9 * totals[4]);
        }
    }

    public double InitialTensorState(int state, RuleStep step) => 0.5;

    public void Initialize(int state, RuleStep step, ReadOnlySpan<float> parameter, Span<float> destination) => parameter.CopyTo(destination);

    public void Initialize(int state, RuleStep step, ReadOnlySpan<double> parameter, Span<double> destination) => parameter.CopyTo(destination);

    public void RunPass(int pass, in PassSlice<float> slice) => Run(pass, slice);

    public void RunPass(int pass, in PassSlice<double> slice) => Run(pass, slice);

    private static void Run<T>(int pass, in PassSlice<T> slice)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var trees = new PartialTree[slice.Partials.Length];
        for (var start = 0; start < slice.Parameter.Length; start += BlockLength)
        {
            var end = Math.Min(start + BlockLength, slice.Parameter.Length);
            if (pass == 0)
                FirstPass(slice, start, end, trees);
            else
                SecondPass(slice, start, end, trees);
        }

        for (var i = 0; i < trees.Length; i++)
            slice.Partials[i] = trees[i].Result(s_description.Passes[pass].Reductions[i].Kind);
    }

    private static void FirstPass<T>(in PassSlice<T> slice, int start, int end, PartialTree[] trees)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var w = slice.Parameter;
        var m = slice.State(0);
        double g2 = 0, max = 0, w2 = 0, m2 = 0;
        for (var i = start; i < end; i++)
        {
            var g = GradientReading.At(slice, i);
            m[i] = (T.CreateTruncating(0.9) * m[i]) + g;
            g2 += double.CreateTruncating(g) * double.CreateTruncating(g);
            max = Math.Max(max, Math.Abs(double.CreateTruncating(g)));
            w2 += double.CreateTruncating(w[i]) * double.CreateTruncating(w[i]);
            m2 += double.CreateTruncating(m[i]) * double.CreateTruncating(m[i]);
            if (slice.Transform.Zero)
                slice.Gradient[i] = T.Zero;
        }

        trees[0].Add(g2, ReductionKind.Sum);
        trees[1].Add(max, ReductionKind.Max);
        trees[2].Add(w2, ReductionKind.Sum);
        trees[3].Add(m2, ReductionKind.Sum);
    }

    private static void SecondPass<T>(in PassSlice<T> slice, int start, int end, PartialTree[] trees)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var w = slice.Parameter;
        var m = slice.State(0);
        var ratio = T.CreateTruncating(slice.Scalars[1]);
        var sum = 0.0;
        for (var i = start; i < end; i++)
        {
            w[i] -= ratio * m[i];
            sum += double.CreateTruncating(w[i]);
        }

        trees[0].Add(sum, ReductionKind.Sum);
    }
}
