using System.Numerics;
using OptDsl.Kernels;

namespace OptDsl.Tests.TestRules;

/// <summary>Heavy-ball momentum by hand, v = μv + g + λW; W = W - ηv: a rule of one pass that does not depend on the compiler.</summary>
public sealed class TestMomentum : IUpdateRule<float>, IUpdateRule<double>
{
    private static readonly RuleDescription s_description = new()
    {
        Name = nameof(TestMomentum),
        Formulas = "v = μv + g + λW\nW = W - ηv",
        Hash = "test-momentum",
        States = [new StateDescription("v", "0", Per.Element, Output: false) { Meaning = "velocity (momentum_buffer)" }],
        Hypers =
        [
            new HyperDescription("η", nameof(LearningRate), 0.1, double.NegativeInfinity, double.PositiveInfinity) { IsLearningRate = true },
            new HyperDescription("μ", nameof(Decay), 0.9, 0, 1),
            new HyperDescription("λ", nameof(WeightDecay), 0, double.NegativeInfinity, double.PositiveInfinity),
        ],
        Passes = [new PassDescription(["W", "g", "v"], ["v", "W"], [])],
        ScalarCount = 3,
    };

    public Schedule LearningRate { get; set; } = 0.1;

    public double Decay { get; set; } = 0.9;

    public double WeightDecay { get; set; }

    public RuleDescription Description => s_description;

    public double HyperAt(int index, RuleStep step) => index switch { 0 => RuleChecks.RateAt(LearningRate, step, nameof(LearningRate)), 1 => Decay, _ => WeightDecay };

    public Schedule? ScheduleOf(int index) => index == 0 ? LearningRate : null;

    public void SetHyper(int index, double value)
    {
        if (index == 0)
            LearningRate = value;
        else if (index == 1)
            Decay = value;
        else
            WeightDecay = value;
    }

    public void BeginStep(RuleStep step, Span<double> scalars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Count, 1, nameof(step));
        for (var i = 0; i < 3; i++)
        {
            var hyper = s_description.Hypers[i];
            var value = HyperAt(i, step);
            if (!(value >= hyper.Min && value <= hyper.Max))
                throw new ArgumentOutOfRangeException(hyper.Property, value, "Out of range.");
            scalars[i] = value;
        }
    }

    public void BeforePass(int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates)
    {
    }

    public double InitialTensorState(int state, RuleStep step) => throw new ArgumentOutOfRangeException(nameof(state));

    public void Initialize(int state, RuleStep step, ReadOnlySpan<float> parameter, Span<float> destination) => destination.Clear();

    public void Initialize(int state, RuleStep step, ReadOnlySpan<double> parameter, Span<double> destination) => destination.Clear();

    public void RunPass(int pass, in PassSlice<float> slice) => Run(slice);

    public void RunPass(int pass, in PassSlice<double> slice) => Run(slice);

    private static void Run<T>(in PassSlice<T> slice)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (eta, mu, lambda) = (T.CreateTruncating(slice.Scalars[0]), T.CreateTruncating(slice.Scalars[1]), T.CreateTruncating(slice.Scalars[2]));
        var w = slice.Parameter;
        var v = slice.State(0);
        for (var i = 0; i < w.Length; i++)
        {
            v[i] = (mu * v[i]) + GradientReading.At(slice, i) + (lambda * w[i]);
            w[i] -= eta * v[i];
            if (slice.Transform.Zero)
                slice.Gradient[i] = T.Zero;
        }
    }
}
