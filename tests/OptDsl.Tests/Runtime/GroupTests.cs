using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace OptDsl.Tests.Runtime;

/// <summary>What all tensors of a group share: reductions over all of them, states of one value a group, and their step.</summary>
public sealed class GroupTests(ITestOutputHelper output)
{
    private static readonly string[] s_groupStates = ["s", "q", "c", "p"];

    [Fact]
    public void A_step_agrees_with_loops_over_all_tensors()
    {
        var model = new Model<double>(1, 5, 1300, 1);
        var optimizer = Optimizer(model, chunkLength: 512);
        var rule = (DeclaredGroupStep)optimizer.Groups[0].Rule;
        var (w, m, r) = (model.Values, model.Values.Select(tensor => new double[tensor.Length]).ToArray(), new double[3]);
        var (s, q, c, p) = (rule.Epsilon, 0.0, 0.0, 0.0);
        for (var t = 1; t <= 5; t++)
        {
            model.Train(optimizer, 1);
            var g = model.Gradients;
            for (var k = 0; k < 3; k++)
            {
                for (var i = 0; i < w[k].Length; i++)
                    m[k][i] = (rule.Beta * m[k][i]) + ((1 - rule.Beta) * g[k][i]);
                r[k] = (rule.Rho * r[k]) + ((1 - rule.Rho) * Math.Sqrt(w[k].Sum(x => x * x)));
            }

            s = new[] { rule.Beta * s, Math.Sqrt(m.Sum(tensor => tensor.Sum(x => x * x)) / 1306), g.Max(tensor => tensor.Max(Math.Abs)) }.Max();
            q += g.Sum(tensor => tensor.Sum());
            c++;
            for (var k = 0; k < 3; k++)
            {
                for (var i = 0; i < w[k].Length; i++)
                    w[k][i] -= 0.01 * ((m[k][i] / (s + rule.Epsilon)) + (q * Math.Tanh(r[k]) / t));
            }

            p += w.Sum(tensor => tensor.Sum()) / 1306;
            foreach (var name in new[] { "p0", "p1", "p2" })
            {
                foreach (var (symbol, expected) in s_groupStates.Zip([s, q, c, p]))
                    Assert.Equal(expected, optimizer.TensorState(name, symbol), 1e-11 * Math.Max(1, Math.Abs(expected)));
            }

            for (var k = 0; k < 3; k++)
            {
                Assert.Equal(r[k], optimizer.TensorState($"p{k}", "r"), 1e-12);
                Assert.All(w[k].Zip(model.Values[k]), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
            }
        }
    }

    [Fact]
    public void Results_are_the_same_bits_for_every_number_of_threads_and_every_chunk_size()
    {
        var floats = Table<float>();
        var doubles = Table<double>();
        foreach (var key in floats.Keys)
            output.WriteLine($"{key.Degree} threads, chunks of {key.Chunk,7}, measured {key.Measures}: {floats[key]:x16} {doubles[key]:x16}");
        Assert.Single(floats.Values.Distinct());
        Assert.Single(doubles.Values.Distinct());

        static Dictionary<(int Degree, int Chunk, bool Measures), ulong> Table<T>()
            where T : unmanaged, IFloatingPointIeee754<T> =>
            (from degree in (int[])[1, 2, 3, 8] from chunk in (int[])[512, 2048, 16384, 1 << 20] from measures in (bool[])[false, true] select (degree, chunk, measures))
            .ToDictionary(key => key, key => Run<T>(key.degree, key.chunk, key.measures));

        static ulong Run<T>(int degree, int chunkLength, bool measures)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var model = new Model<T>(7, ("a", [100, 333]), ("b", [1]), ("c", [517]), ("d", [16384]), ("e", [3, 5, 7, 11]), ("f", [70_001]), ("g", [9]));
            var optimizer = new Optimizer<T>
            {
                MaxDegreeOfParallelism = degree,
                ChunkLength = chunkLength,
                ParallelThreshold = 0,
                ZeroGradients = true,
                MeasuresSteps = measures,
                Lookahead = new Lookahead(2),
                Clipping = GradientClipping.ByGlobalNorm(1),
            };
            optimizer.Add((IUpdateRule<T>)(object)new DeclaredGroupStep(), model.Parameters[..4]).Clipping = GradientClipping.Adaptive();
            optimizer.Add((IUpdateRule<T>)(object)new DeclaredTrustRatio(), model.Parameters[4]);
            optimizer.Add((IUpdateRule<T>)(object)new DeclaredGroupStep(), model.Parameters[5..]);
            var average = optimizer.AddAverage(Averaging.Exponential(0.9));
            optimizer.Freeze(name => name == "c");
            model.Train(optimizer, 3);
            optimizer.Unfreeze(name => name == "c");
            model.Train(optimizer, 2);
            var digest = new Digest();
            foreach (var parameter in model.Parameters)
            {
                digest.Add<T>(parameter.Value.Span);
                digest.Add<T>(parameter.Gradient.Span);
                digest.Add(average.Of(parameter.Name).Span);
            }

            foreach (var (name, symbol) in from name in (string[])["a", "d", "f", "g"] from symbol in s_groupStates select (name, symbol))
                digest.Add<double>([optimizer.TensorState(name, symbol)]);
            return digest.Value;
        }
    }

    [Fact]
    public void Any_cut_of_any_tensors_gives_the_bits_of_one_thread_and_whole_tensors()
    {
        var cases =
            from lengths in Gen.NonEmptyListOf(Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(500, 530), Gen.Choose(1000, 9000)))
            from degree in Gen.Choose(1, 8)
            from chunk in Gen.Choose(0, 5)
            from frozen in Gen.Choose(0, 12)
            select (Lengths: lengths.Take(12).ToArray(), Degree: degree, Chunk: 512 << chunk, Frozen: frozen);
        Prop.ForAll(cases.ToArbitrary(), c => Digest(c.Lengths, c.Degree, c.Chunk, c.Frozen) == Digest(c.Lengths, 1, 1 << 20, c.Frozen))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

        static ulong Digest(int[] lengths, int degree, int chunkLength, int frozen)
        {
            var model = new Model<float>(3, lengths);
            var optimizer = Optimizer(model, chunkLength);
            (optimizer.MaxDegreeOfParallelism, optimizer.ParallelThreshold) = (degree, 0);
            optimizer.Freeze(name => name == $"p{frozen}");
            model.Train(optimizer, 3);
            var digest = new Digest();
            foreach (var values in model.Values)
                digest.Add<float>(values);
            return digest.Value;
        }
    }

    [Fact]
    public void Numbers_of_elements_are_those_of_the_tensor_and_of_all_that_take_part()
    {
        var model = new Model<double>(1, ("a", [2]), ("b", [4]), ("c", [10]));
        var optimizer = new Optimizer<double>();
        optimizer.Add(new DeclaredCount(), model.Parameters);
        foreach (var parameter in model.Parameters)
        {
            parameter.Value.Span.Clear();
            parameter.Gradient.Span.Fill(1);
        }

        optimizer.Freeze(name => name == "c");
        optimizer.Step();
        Assert.Equal([-1.0 / 5, -1.0 / 7, 0], model.Values.Select(values => values[0]));
        optimizer.Unfreeze(_ => true);
        optimizer.Step();
        Assert.Equal([-1.0 / 5 - 1.0 / 10, -1.0 / 7 - 1.0 / 12, -1.0 / 18], model.Values.Select(values => values[0]));
    }

    [Fact]
    public void A_tensor_stepped_by_itself_is_a_group_of_one()
    {
        var model = new Model<double>(2, 700);
        var optimizer = Optimizer(model);
        var (w, m, rule) = (model.Values[0], new double[700], new DeclaredGroupStep());
        double s = rule.Epsilon, q = 0, r = 0, c = 0, p = 0;
        for (var t = 1; t <= 4; t++)
        {
            model.Train(optimizer, 1);
            rule.Update(t, w, model.Gradients[0], m, ref s, ref q, ref r, ref c, ref p);
        }

        Assert.Equal(w, model.Values[0]);
        Assert.Equal([s, q, c, p], s_groupStates.Select(symbol => optimizer.TensorState("p0", symbol)));
        Assert.Equal(r, optimizer.TensorState("p0", "r"));
    }

    [Fact]
    public void The_step_is_the_same_whichever_tensor_comes_first_up_to_rounding()
    {
        var (one, other) = (new Model<double>(2, ("a", [30]), ("b", [900])), new Model<double>(2, ("a", [30]), ("b", [900])));
        var (first, second) = (Optimizer(one), new Optimizer<double>());
        second.Add(new DeclaredGroupStep(), other.Parameters.Reverse());
        one.Train(first, 3);
        other.Train(second, 3);
        Assert.Equal(first.TensorState("a", "s"), second.TensorState("a", "s"), 1e-13);
        Assert.All(one.Values[1].Zip(other.Values[1]), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void Groups_have_values_of_their_own()
    {
        var (together, apart) = (new Model<double>(4, 5, 6), new Model<double>(4, 5, 6));
        var (one, two) = (Optimizer(together), new Optimizer<double>());
        two.Add(new DeclaredGroupStep(), apart.Parameters).Except(parameter => parameter.Name == "p1", new DeclaredGroupStep { Epsilon = 0.25 });
        together.Train(one, 2);
        apart.Train(two, 2);
        Assert.Equal(one.TensorState("p0", "s"), one.TensorState("p1", "s"));
        Assert.NotEqual(two.TensorState("p0", "q"), two.TensorState("p1", "q"));
        Assert.Equal(one.TensorState("p0", "q"), two.TensorState("p0", "q") + two.TensorState("p1", "q"), 1e-12);
    }

    [Fact]
    public void A_parameter_that_thaws_takes_the_step_and_the_values_of_its_group()
    {
        var model = new Model<double>(5, ("a", [4]), ("late", [3]));
        var steps = new List<long>();
        var optimizer = new Optimizer<double>();
        optimizer.Add(new DeclaredGroupStep { LearningRate = new Recorder(steps) }, model.Parameters);
        optimizer.Freeze(name => name == "late");
        model.Train(optimizer, 3);
        Assert.Equal((3, 0), (optimizer.StepsOf("a"), optimizer.StepsOf("late")));
        Assert.Equal(3, optimizer.TensorState("late", "c"));
        Assert.True(double.IsNaN(optimizer.TensorState("late", "r")));
        var alone = optimizer.TensorState("a", "q");

        optimizer.Unfreeze(_ => true);
        model.Train(optimizer, 1);
        Assert.Equal((4, 4), (optimizer.StepsOf("a"), optimizer.StepsOf("late")));
        Assert.Equal(4, optimizer.TensorState("late", "c"));
        Assert.Equal(alone + model.Gradients.Sum(gradient => gradient.Sum()), optimizer.TensorState("a", "q"), 1e-12);

        optimizer.Freeze(name => name == "a");
        model.Train(optimizer, 2);
        Assert.Equal((4, 6), (optimizer.StepsOf("a"), optimizer.StepsOf("late")));
        optimizer.Unfreeze(_ => true);
        model.Train(optimizer, 1);
        Assert.Equal((7, 7), (optimizer.StepsOf("a"), optimizer.StepsOf("late")));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], steps);
    }

    [Fact]
    public void A_group_that_is_frozen_whole_waits()
    {
        var model = new Model<double>(6, 4, 3);
        var optimizer = Optimizer(model);
        optimizer.Freeze(_ => true);
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.True(double.IsNaN(optimizer.TensorState("p0", "s")));
        optimizer.Unfreeze(_ => true);
        model.Train(optimizer, 2);
        optimizer.Freeze(_ => true);
        optimizer.Step();
        Assert.Equal(2, optimizer.TensorState("p0", "c"));
    }

    [Fact]
    public void Initial_values_are_those_of_the_hyper_parameters_at_the_first_step()
    {
        var model = new Model<double>(6, 4, 3);
        var optimizer = Optimizer(model);
        Assert.True(double.IsNaN(optimizer.TensorState("p0", "s")));
        optimizer.MeasuresSteps = true;
        optimizer.Freeze(name => name == "p1");
        ((DeclaredGroupStep)optimizer.Groups[0].Rule).Epsilon = 1000;
        model.Train(optimizer, 1);
        Assert.Equal(900, optimizer.TensorState("p1", "s"), 1e-9);
    }

    [Fact]
    public void Refused_gradients_leave_the_group_as_it_was()
    {
        var model = new Model<float>(7, 4, 3);
        var optimizer = Optimizer(model);
        optimizer.NonFiniteGradients = NonFinitePolicy.Skip;
        model.Train(optimizer, 2);
        var (values, states) = (model.Values, States(optimizer));
        model.Parameters[1].Gradient.Span[2] = float.NaN;
        Assert.Equal(StepOutcome.Skipped, optimizer.Step());
        Assert.Equal(values, model.Values);
        Assert.Equal(states, States(optimizer));
    }

    [Fact]
    public void A_symbol_that_is_no_state_of_one_number_is_named_with_those_that_are()
    {
        var optimizer = Optimizer(new Model<float>(7, 4));
        var error = Assert.Throws<KeyNotFoundException>(() => optimizer.TensorState("p0", "m"));
        Assert.Contains("'r', 's', 'q', 'c', 'p'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_says_what_is_one_value_a_group()
    {
        var description = new DeclaredGroupStep().Description;
        Assert.Equal((1, 1, 4), (description.ElementStateCount, description.TensorStateCount, description.GroupStateCount));
        Assert.Contains("s: one value a group, ε before the first step", description.ToString(), StringComparison.Ordinal);
        Assert.Contains("n = group(‖m‖) / √group(count(m))", description.Formulas, StringComparison.Ordinal);
        Assert.Contains(@"\operatorname{group}\left(\left\|m\right\|\right)", description.Latex, StringComparison.Ordinal);
        Assert.Equal(
            [("group(‖m‖)", Per.Group, ReductionKind.Norm), ("group(maxabs(g))", Per.Group, ReductionKind.Max), ("‖W‖", Per.Tensor, ReductionKind.Norm)],
            description.Reductions.Select(reduction => (reduction.Text, reduction.Per, reduction.Kind)).Where(reduction => reduction.Text is "group(‖m‖)" or "group(maxabs(g))" or "‖W‖"));
    }

    private static Optimizer<T> Optimizer<T>(Model<T> model, int chunkLength = 16384)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var optimizer = new Optimizer<T> { ChunkLength = chunkLength };
        optimizer.Add((IUpdateRule<T>)(object)new DeclaredGroupStep(), model.Parameters);
        return optimizer;
    }

    private static double[] States<T>(Optimizer<T> optimizer)
        where T : unmanaged => [.. s_groupStates.Select(symbol => optimizer.TensorState("p0", symbol))];

    private sealed class Recorder(List<long> steps) : Schedule
    {
        public override double At(long step)
        {
            steps.Add(step);
            return 0.01;
        }
    }
}
