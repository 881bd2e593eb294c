using System.Numerics;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Formulas;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels.Matrices;

/// <summary>Rules of matrices in the optimizer: threads, memory, checkpoints, options, and steps over spans.</summary>
public sealed class MatrixOptimizerTests
{
    private static readonly (string Name, RuleSource Source)[] s_rules =
    [
        ("Factored", Of(
            """
            R = R + 0.1(rowmean(g²) - R)
            C = C + 0.1(colmean(g²) - C)
            v = v + 0.1(g² - v)
            V = rank(W) ≥ 2 ? R C / mean(R) : v
            u = g / (√V + 1e-8)
            m = 0.9m + u / max(1, rms(u))
            W = W - η m
            """,
            "R:row C:column v m", Hyper("η", 0.01))),
        ("Extremes", Of(
            "ν = min(A, C) + g²\nA = rowmax(ν)\nC = colmax(ν)\nn = rownorm(W)\nk = colnorm(g)\nW = W - η(g / √(ν + 1e-8) + W/(1 + n) + g/(1 + k))",
            "A:row C:column", Hyper("η", 0.01))),
        ("Preconditioned", Of(
            """
            L = L + g gᵀ
            R = R + gᵀ @ g
            P = t mod 3 == 1 ? L^{-1/4} : P
            Q = t mod 3 == 1 ? R^{-1/4} : Q
            m = 0.9m + (rank(W) ≥ 2 ? P g Q : g)
            W = W - ηm
            """,
            "L=εI:rows×rows R=εI:columns×columns P:rows×rows Q:columns×columns m", Hyper("η", 0.01), Hyper("ε", 0.1))),
        ("Muon", Of(
            """
            b = 0.9b + g
            O = newtonschulz(b / (‖b‖ + 1e-7), original, 5)
            m = 0.9m + 0.1g
            W = rank(W) ≥ 2 ? W - ηO : W - ηm
            """,
            "b m", Hyper("η", 0.01))),
        ("Absent", Of("L = 0.9L + g gᵀ\nW = left and rank(W) ≥ 0 ? W - η L g : W - ηg", "L:rows×rows", Hyper("η", 0.01), Flag("left", false)).When("L", "left")),
    ];

    private static readonly Lazy<CompiledCode> s_code = new(() => CompiledCode.Load([.. s_rules.Select(rule => RuleCode.Of(rule.Source, rule.Name))]));

    public static TheoryData<string> Rules => [.. s_rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Bits_depend_neither_on_threads_nor_on_how_a_step_is_made(string name)
    {
        Verify<float>(name);
        Verify<double>(name);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_checkpoint_goes_on_bit_for_bit(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            var (first, parameters, gradients) = New<float>(name);
            Step(first, gradients, 0, 4);
            first.Save(path);
            Step(first, gradients, 4, 3);
            var (second, loaded, otherGradients) = New<float>(name);
            second.Load(path);
            Step(second, otherGradients, 4, 3);
            for (var i = 0; i < parameters.Length; i++)
                Assert.Equal(parameters[i].Value.ToArray(), loaded[i].Value.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void States_take_the_memory_that_their_shapes_say()
    {
        var (optimizer, _, gradients) = New<float>("Factored");
        Step(optimizer, gradients, 0, 1);
        Assert.Equal(70, optimizer.State("wide", "R").Length);
        Assert.Equal(300, optimizer.State("wide", "C").Length);
        Assert.Equal(40, optimizer.State("bias", "R").Length);
        Assert.Equal(1, optimizer.State("bias", "C").Length);

        (optimizer, _, gradients) = New<float>("Preconditioned");
        Step(optimizer, gradients, 0, 1);
        Assert.Equal(70 * 70, optimizer.State("wide", "L").Length);
        Assert.Equal(300 * 300, optimizer.State("wide", "Q").Length);

        (optimizer, _, gradients) = New<float>("Absent");
        Step(optimizer, gradients, 0, 1);
        Assert.True(optimizer.State("wide", "L").IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Steps_with_options_agree_with_those_without(string name)
    {
        var (plain, expected, gradients) = New<double>(name);
        Step(plain, gradients, 0, 3);
        var (measured, parameters, others) = New<double>(name);
        measured.MeasuresSteps = true;
        measured.Clipping = GradientClipping.ByGlobalNorm(1e9);
        measured.ZeroGradients = true;
        measured.AddAverage(Averaging.Exponential(0.5));
        Step(measured, others, 0, 3);
        for (var i = 0; i < parameters.Length; i++)
            Assert.Equal(expected[i].Value.ToArray(), parameters[i].Value.ToArray());
        Assert.True(double.IsFinite(measured.LastStep!.Value.GradientNorm));
        Assert.All(others, gradient => Assert.All(gradient, x => Assert.Equal(0, x)));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_step_allocates_nothing(string name)
    {
        var (optimizer, _, gradients) = New<float>(name);
        optimizer.MaxDegreeOfParallelism = 1;
        Step(optimizer, gradients, 0, 7);

        // The least of several rounds: a collection that others cause counts what was left of the thread's share.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 6; step++)
                optimizer.Step();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    [Fact]
    public void A_step_over_spans_is_that_of_the_optimizer()
    {
        var rule = s_code.Value.Create("Muon");
        float[] w = [.. Enumerable.Range(0, 12).Select(i => i / 7f)], g = [.. Enumerable.Range(0, 12).Select(i => (i % 5) - 2f)];
        var optimizer = new Optimizer<float>();
        float[] value = [.. w];
        optimizer.Add((IUpdateRule<float>)rule, new Parameter<float>("w", value, g.ToArray(), 3, 4));
        optimizer.Step();
        var update = rule.GetType().GetMethod("Update", [typeof(long), typeof(Span<float>), typeof(ReadOnlySpan<float>), typeof(ReadOnlySpan<int>), typeof(Span<float>), typeof(Span<float>)])!.CreateDelegate<Updater>(rule);
        update(1, w, g, [3, 4], new float[12], new float[12]);
        Assert.Equal(value, w);
        Assert.Throws<ArgumentException>(() => update(1, w, g, [3, 5], new float[12], new float[12]));
        Assert.Throws<ArgumentException>(() => update(1, w, g, [3, 4], new float[11], new float[12]));
    }

    private delegate void Updater(long t, Span<float> w, ReadOnlySpan<float> g, ReadOnlySpan<int> shape, Span<float> b, Span<float> m);

    private static void Verify<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (one, expected, gradients) = New<T>(name);
        one.MaxDegreeOfParallelism = 1;
        Step(one, gradients, 0, 4);
        foreach (var degree in (int[])[2, 3])
        {
            var (several, parameters, others) = New<T>(name);
            several.MaxDegreeOfParallelism = degree;
            several.ParallelThreshold = 0;
            several.ChunkLength = 1024;
            Step(several, others, 0, 4);
            for (var i = 0; i < parameters.Length; i++)
                Assert.Equal(expected[i].Value.ToArray(), parameters[i].Value.ToArray());
        }
    }

    private static (Optimizer<T> Optimizer, Parameter<T>[] Parameters, T[][] Gradients) New<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(7);
        (string Name, int[] Shape)[] shapes = [("wide", [70, 300]), ("tall", [300, 70]), ("filter", [8, 3, 3, 3]), ("row", [1, 5]), ("bias", [40]), ("number", [])];
        var gradients = shapes.Select(shape => new T[shape.Shape.Aggregate(1, (product, dimension) => product * dimension)]).ToArray();
        Parameter<T>[] parameters = [.. shapes.Select((shape, i) => new Parameter<T>(
            shape.Name, gradients[i].Select(_ => T.CreateTruncating(random.NextDouble() - 0.5)).ToArray(), gradients[i], shape.Shape))];
        var optimizer = new Optimizer<T>();
        optimizer.Add((IUpdateRule<T>)s_code.Value.Create(name), parameters);
        return (optimizer, parameters, gradients);
    }

    private static void Step<T>(Optimizer<T> optimizer, T[][] gradients, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var step = first; step < first + count; step++)
        {
            var random = new Random(100 + step);
            foreach (var gradient in gradients)
            {
                for (var i = 0; i < gradient.Length; i++)
                    gradient[i] = T.CreateTruncating(random.NextDouble() - 0.5);
            }

            optimizer.Step();
        }
    }
}
