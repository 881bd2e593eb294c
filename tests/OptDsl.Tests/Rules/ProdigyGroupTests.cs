using System.Numerics;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Rules;
using OptDsl.Tests.Rules.Papers;

namespace OptDsl.Tests.Rules;

/// <summary>Prodigy over several tensors, which share one estimate, against a transcription of the authors' step of a parameter group.</summary>
public sealed class ProdigyGroupTests
{
    private const int Steps = 60;

    // One shorter than a chunk, one of several chunks, one of a single element, and one with a last chunk of few.
    private static readonly int[] s_lengths = [37, 1700, 1, 520];

    private static readonly Dictionary<string, ProdigyOptions> s_options = new()
    {
        ["defaults"] = new(),
        ["decoupled decay"] = new() { WeightDecay = 0.05 },
        ["coupled decay"] = new() { WeightDecay = 0.05, Decouple = false },
        ["bias correction"] = new() { UseBiasCorrection = true, D0 = 1e-4 },
        ["growth rate"] = new() { GrowthRate = 1.05, D0 = 1e-3, WeightDecay = 0.01 },
        ["d_coef"] = new() { DCoef = 0.5, Beta1 = 0.8, Beta2 = 0.95 },
        ["beta3"] = new() { Beta3 = 0.9, Eps = 1e-6 },
        ["schedule"] = new() { Lr = t => Math.Min(1, t / 10.0) },
        ["a schedule with zeros"] = new() { Lr = t => t is 1 or 2 or 9 ? 0 : Math.Min(1, t / 10.0), GrowthRate = 1.2, WeightDecay = 0.02 },
        ["a schedule with zeros, coupled decay"] = new() { Lr = t => t % 5 == 1 ? 0 : 1, WeightDecay = 0.05, Decouple = false, SafeguardWarmup = true },
        ["safeguarded warm-up"] = new() { Lr = t => Math.Min(1, t / 20.0), SafeguardWarmup = true, WeightDecay = 0.02 },
        ["all at once"] = new()
        {
            Lr = t => 0.7 / Math.Sqrt(t),
            Beta1 = 0.85,
            Beta2 = 0.98,
            Beta3 = 0.95,
            Eps = 1e-5,
            WeightDecay = 0.03,
            Decouple = false,
            UseBiasCorrection = true,
            SafeguardWarmup = true,
            D0 = 1e-4,
            DCoef = 2,
            GrowthRate = 1.5,
        },
    };

    public static TheoryData<string> Names => [.. s_options.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_and_states_agree_with_the_authors_code_in_double(string name)
    {
        var run = new Run<double>(s_options[name]);
        run.Train(Steps);
        run.Check(1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_and_states_agree_with_the_authors_code_in_float(string name)
    {
        var run = new Run<float>(s_options[name]);
        run.Train(Steps);

        // The first steps are a few units in the last place, and the estimate a quotient of sums of them.
        run.Check(0.02);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_formulas_agree_with_the_authors_code(string name)
    {
        var options = s_options[name];
        var model = FormulaCompiler.Compile(DeclaredRule.Source(typeof(Prodigy)), TestContext.Current.CancellationToken).Model!;
        var program = RuleProgram.Compile(model);
        var rule = RuleOf(options);
        double[] HypersAt(int step) => [.. DeclaredRule.Hypers(typeof(Prodigy)).Select(hyper => DeclaredRule.ValueAt(rule, hyper, step))];
        double[][] weights = [Start(0), Start(2), Start(3)];
        var (paper, formulas) = (new ProdigyGroupPaper(options), new GroupRun(program, [.. weights.Select(tensor => new RuleRun(program, tensor, HypersAt(1)))]));
        for (var step = 1; step <= Steps; step++)
        {
            var gradients = weights.Select((tensor, i) => Gradient(tensor, i, step)).ToArray();
            foreach (var tensor in formulas.Tensors)
            {
                foreach (var (value, index) in HypersAt(step).Select((value, index) => (value, index)))
                    tensor.SetHyper(index, value);
            }

            formulas.Step(gradients);
            paper.Step(weights, gradients);
            for (var i = 0; i < weights.Length; i++)
                Assert.All(weights[i].Zip(formulas.Tensors[i].Parameter), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Fact]
    public void A_tensor_that_is_frozen_for_a_while_comes_back_to_the_estimate_of_the_others()
    {
        var run = new Run<double>(s_options["all at once"]) { Frozen = tensor => tensor == 1 };
        run.Train(5);
        run.Frozen = tensor => tensor == 3;
        run.Train(20);
        run.Frozen = _ => false;
        run.Train(30);
        run.Check(1e-9);
    }

    [Fact]
    public void Steps_without_gradients_and_tensors_without_gradients_move_nothing()
    {
        var run = new Run<double>(new ProdigyOptions { WeightDecay = 0.05 }) { Silent = (tensor, step) => step <= 3 || tensor == 1 || step is 20 or 21 };
        run.Train(Steps);
        run.Check(1e-9);
    }

    [Fact]
    public void Tensors_by_themselves_have_estimates_of_their_own()
    {
        var (together, apart) = (new Run<double>(new ProdigyOptions()), new Optimizer<double>());
        together.Train(20);
        var parameters = s_lengths.Select((length, i) => new Parameter<double>($"p{i}", Start(i), new double[length])).ToArray();
        foreach (var parameter in parameters)
            apart.Add(new Prodigy(), parameter);
        for (var step = 1; step <= 20; step++)
        {
            for (var i = 0; i < parameters.Length; i++)
                Gradient(parameters[i].Value.ToArray(), i, step).CopyTo(parameters[i].Gradient);
            apart.Step();
        }

        Assert.Equal(s_lengths.Length, parameters.Select(parameter => apart.TensorState(parameter.Name, "d")).Distinct().Count());
        Assert.Single(parameters.Select(parameter => together.Optimizer.TensorState(parameter.Name, "d")).Distinct());
    }

    private static Prodigy RuleOf(ProdigyOptions options) => new()
    {
        LearningRate = new TableSchedule([.. Enumerable.Range(1, Steps).Select(options.Lr)]),
        Beta1 = options.Beta1,
        Beta2 = options.Beta2,
        Beta3 = options.Beta3 ?? 0,
        Epsilon = options.Eps,
        WeightDecay = options.WeightDecay,
        Decouple = options.Decouple,
        UseBiasCorrection = options.UseBiasCorrection,
        SafeguardWarmup = options.SafeguardWarmup,
        D0 = options.D0,
        DCoef = options.DCoef,
        GrowthRate = options.GrowthRate,
    };

    private static double[] Start(int tensor)
    {
        var random = new Random(100 + tensor);
        return [.. Enumerable.Range(0, s_lengths[tensor]).Select(_ => (double)(float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>The gradient of a bowl, each tensor's of another size, and noise.</summary>
    private static double[] Gradient(double[] weights, int tensor, int step)
    {
        var random = new Random((1000 * tensor) + step);
        return [.. weights.Select((w, i) => (double)(float)((1 + tensor) * (w - 3 + Math.Sin(i) + (0.3 * (random.NextDouble() - 0.5)))))];
    }

    /// <summary>The optimizer and the authors' step, side by side, with the gradients at the authors' weights.</summary>
    private sealed class Run<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly double[][] _weights = [.. s_lengths.Select((_, i) => Start(i))];
        private readonly Parameter<T>[] _parameters;
        private readonly ProdigyGroupPaper _paper;
        private int _step;

        public Run(ProdigyOptions options)
        {
            _paper = new ProdigyGroupPaper(options);
            _parameters = [.. _weights.Select((weights, i) => new Parameter<T>($"p{i}", weights.Select(T.CreateTruncating).ToArray(), new T[weights.Length]))];
            Optimizer = new Optimizer<T> { ChunkLength = 512, MaxDegreeOfParallelism = 2, ParallelThreshold = 0 };
            Optimizer.Add((IUpdateRule<T>)(object)RuleOf(options), _parameters);
        }

        public Optimizer<T> Optimizer { get; }

        public Func<int, bool> Frozen { get; set; } = _ => false;

        /// <summary>True for a tensor and a step of a gradient of zeros.</summary>
        public Func<int, int, bool> Silent { get; init; } = (_, _) => false;

        public void Train(int steps)
        {
            Optimizer.Unfreeze(_ => true);
            Optimizer.Freeze(name => Frozen(int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture)));
            for (var i = 0; i < steps; i++)
            {
                _step++;
                var gradients = _weights.Select((weights, tensor) => Silent(tensor, _step) ? new double[weights.Length] : Gradient(weights, tensor, _step)).ToArray();
                for (var tensor = 0; tensor < gradients.Length; tensor++)
                    gradients[tensor].Select(T.CreateTruncating).ToArray().CopyTo(_parameters[tensor].Gradient);
                Optimizer.Step();
                _paper.Step(_weights, [.. gradients.Select((gradient, tensor) => Frozen(tensor) ? null : gradient)]);
            }
        }

        /// <summary>Compares weights and states, relative to the largest of each tensor.</summary>
        public void Check(double tolerance)
        {
            Assert.True(_paper.D > 3e-6, $"The estimate did not grow: {_paper.D}.");
            for (var tensor = 0; tensor < _weights.Length; tensor++)
            {
                var (name, buffers) = ($"p{tensor}", _paper.Of(tensor));
                Close("W", _weights[tensor], _parameters[tensor].Value.Span, floor: 1);
                Close("m", buffers.ExpAvg, Optimizer.State(name, "m").Span);
                Close("v", buffers.ExpAvgSq, Optimizer.State(name, "v").Span);
                Close("s", buffers.S, Optimizer.State(name, "s").Span);
                Close("W₀", buffers.P0, Optimizer.State(name, "W₀").Span);
                Close<double>("d", [_paper.D], [Optimizer.TensorState(name, "d")]);
                Close<double>("D", [_paper.DMax], [Optimizer.TensorState(name, "D")]);
                Close<double>("q", [_paper.Numerator], [Optimizer.TensorState(name, "q")]);

                void Close<TValue>(string what, double[] expected, ReadOnlySpan<TValue> actual, double floor = double.Epsilon)
                    where TValue : IFloatingPointIeee754<TValue>
                {
                    Assert.Equal(expected.Length, actual.Length);
                    var largest = Math.Max(expected.Max(Math.Abs), floor);
                    for (var i = 0; i < expected.Length; i++)
                    {
                        var difference = Math.Abs(double.CreateTruncating(actual[i]) - expected[i]) / largest;
                        Assert.True(difference <= tolerance, $"{what} of {name}, {i}: {actual[i]} instead of {expected[i]:R}, {difference:E1} of the largest.");
                    }
                }
            }
        }
    }
}
