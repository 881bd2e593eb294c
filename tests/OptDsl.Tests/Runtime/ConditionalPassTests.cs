using System.Collections.Concurrent;
using System.Numerics;
using OptDsl.Rules;

namespace OptDsl.Tests.Runtime;

/// <summary>Passes that are left out in the steps whose options need nothing of them.</summary>
public sealed class ConditionalPassTests
{
    private static readonly bool[] s_settings = [false, true, true, false, true, false, false];

    [Fact]
    public void The_description_says_when_a_pass_runs_and_what_it_costs()
    {
        var description = new DeclaredMask().Description;
        Assert.Equal([("masked", false), ("", true), ("", true)], description.Passes.Select(pass => (pass.When, pass.IsThereByDefault)));
        Assert.Equal(["", "", "g"], description.Passes.Select(pass => string.Join(" ", pass.OptionalReads)));
        Assert.Equal(["", "m", "W"], description.Passes.Select(pass => string.Join(" ", pass.Writes)));
        Assert.Equal(24, description.BytesPerElement(sizeof(float)));
        Assert.Equal(24, description.BytesPerElement(sizeof(float), _ => true, _ => false));
        Assert.Equal(36, description.BytesPerElement(sizeof(float), _ => true, _ => true));
        Assert.Contains("only while masked", description.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_makes_the_passes_that_it_needs()
    {
        foreach (var (lengths, runs) in new[] { (new[] { 100 }, 1), ([5000], 5), ([100, 5000, 33_000], 39) })
        {
            var model = new Model<float>(1, lengths);
            var rule = new DeclaredMask();
            var counted = new CountedRule(rule);
            var optimizer = new Optimizer<float> { ChunkLength = 1024 };
            optimizer.Add(counted, model.Parameters);
            foreach (var masked in s_settings)
            {
                rule.Masked = masked;
                counted.Passes.Clear();
                model.Train(optimizer, 1);
                Assert.Equal(masked ? [0, 1, 2] : [1, 2], counted.Passes.Distinct().Order());

                // The last pass keeps nothing of a chunk, and so runs over a tensor at once.
                Assert.Equal(((masked ? 2 : 1) * runs) + lengths.Length, counted.Passes.Count);
            }

            optimizer.MeasuresSteps = true;
            model.Train(optimizer, 1);
            Assert.True(optimizer.LastStep!.Value.GradientNorm > 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_with_and_without_the_pass_compute_what_the_formulas_say(bool zero)
    {
        Check<float>(zero, 1e-5);
        Check<double>(zero, 1e-13);
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_and_chunks_and_measuring()
    {
        Assert.Single(Digests<float>().Distinct());
        Assert.Single(Digests<double>().Distinct());

        static IEnumerable<ulong> Digests<T>()
            where T : unmanaged, IFloatingPointIeee754<T> =>
            from degree in (int[])[1, 2, 5]
            from chunk in (int[])[512, 1024, 1 << 20]
            from measures in (bool[])[false, true]
            select Run<T>(degree, chunk, measures);

        static ulong Run<T>(int degree, int chunk, bool measures)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var model = new Model<T>(3, 1, 513, 5000, 70_001);
            var rules = new[] { new DeclaredMask(), new DeclaredMask() };
            var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = degree, ChunkLength = chunk, ParallelThreshold = 0, MeasuresSteps = measures };
            for (var i = 0; i < rules.Length; i++)
                optimizer.Add((IUpdateRule<T>)(object)rules[i], model.Parameters.Where((_, index) => index % 2 == i));
            var digest = new Digest();
            foreach (var masked in s_settings)
            {
                (rules[0].Masked, rules[1].Masked) = (masked, !masked);
                model.Train(optimizer, 1);
                foreach (var parameter in model.Parameters)
                {
                    digest.Add(parameter.Value.Span);
                    digest.Add(optimizer.State(parameter.Name, "m").Span);
                }
            }

            return digest.Value;
        }
    }

    [Fact]
    public void A_step_that_needs_no_such_pass_has_nothing_to_compute_for_a_tensor()
    {
        foreach (var caution in (bool[])[false, true])
        {
            IUpdateRule rule = new AdamW { Caution = caution };
            var scalars = new double[rule.Description.ScalarCount];
            rule.BeginStep(1, scalars);
            Assert.Equal(caution, rule.HasPass(0, scalars));
            Assert.Equal(caution, rule.HasTensorScalars(scalars));
        }

        Assert.Equal(28, new AdamW().Description.BytesPerElement(sizeof(float)));
    }

    private static void Check<T>(bool zero, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = new Model<T>(3, 1, 513, 5000);
        var rule = new DeclaredMask();
        var optimizer = new Optimizer<T> { ZeroGradients = zero, ChunkLength = 1024 };
        optimizer.Add((IUpdateRule<T>)(object)rule, model.Parameters);
        var expected = model.Values.Select(tensor => tensor.Select(double.CreateTruncating).ToArray()).ToArray();
        var averages = expected.Select(tensor => new double[tensor.Length]).ToArray();
        foreach (var masked in s_settings)
        {
            rule.Masked = masked;
            model.Backward(optimizer.StepCount + 1);
            for (var i = 0; i < expected.Length; i++)
                Step(expected[i], [.. model.Gradients[i].Select(double.CreateTruncating)], averages[i], masked);
            optimizer.Step();
            Assert.All(model.Gradients, gradient => Assert.Equal(zero, gradient.All(T.IsZero)));
            Assert.All(
                model.Values.SelectMany(tensor => tensor).Zip(expected.SelectMany(tensor => tensor)),
                pair => Assert.Equal(pair.Second, double.CreateTruncating(pair.First), tolerance));
        }
    }

    private static void Step(double[] w, double[] g, double[] m, bool masked)
    {
        for (var i = 0; i < m.Length; i++)
            m[i] = (0.75 * m[i]) + (0.25 * g[i]);
        var share = Math.Max(m.Zip(g).Average(pair => pair.First * pair.Second > 0 ? 1.0 : 0), 0.001);
        var u = m.Zip(g, (average, gradient) => !masked ? average : average * gradient > 0 ? average / share : 0).ToArray();
        var norm = Math.Sqrt(u.Sum(value => value * value));
        for (var i = 0; i < w.Length; i++)
            w[i] -= 0.1 * u[i] / (1 + norm);
    }

    /// <summary>A rule that notes its passes.</summary>
    private sealed class CountedRule(IUpdateRule<float> rule) : IUpdateRule<float>
    {
        public ConcurrentBag<int> Passes { get; } = [];

        public RuleDescription Description => rule.Description;

        public double HyperAt(int index, RuleStep step) => rule.HyperAt(index, step);

        public void BeginStep(RuleStep step, Span<double> scalars) => rule.BeginStep(step, scalars);

        public void BeforePass(
            int pass, long count, long groupCount, ReadOnlySpan<double> totals, Span<double> scalars, Span<double> tensorStates, Span<double> groupStates) =>
            rule.BeforePass(pass, count, groupCount, totals, scalars, tensorStates, groupStates);

        public bool HasPass(int pass, ReadOnlySpan<double> scalars) => rule.HasPass(pass, scalars);

        public double InitialTensorState(int state, RuleStep step) => rule.InitialTensorState(state, step);

        public void Initialize(int state, RuleStep step, ReadOnlySpan<float> parameter, Span<float> destination) => rule.Initialize(state, step, parameter, destination);

        public void RunPass(int pass, in PassSlice<float> slice)
        {
            Passes.Add(pass);
            rule.RunPass(pass, slice);
        }
    }
}
