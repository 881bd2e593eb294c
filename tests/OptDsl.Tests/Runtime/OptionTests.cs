using System.Numerics;

namespace OptDsl.Tests.Runtime;

/// <summary>States that come and go with the options of a rule.</summary>
public sealed class OptionTests
{
    private static readonly (bool Scaled, double Momentum)[] s_settings =
        [(false, 0), (true, 0), (true, 0.5), (false, 0.5), (false, 0), (true, 0.5), (true, 0.25), (false, 0.5), (true, 0)];

    [Fact]
    public void A_state_takes_memory_only_while_its_condition_holds()
    {
        var model = new Model<float>(1, 100);
        var rule = new DeclaredOptions();
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, model.Parameters);
        foreach (var (scaled, momentum) in s_settings)
        {
            (rule.Scaled, rule.Momentum) = (scaled, momentum);
            model.Train(optimizer, 2);
            Assert.Equal((scaled, true, momentum != 0), (Exists("k"), Exists("m"), Exists("v")));
            Assert.Equal(1 + (scaled ? 1 : 0) + (momentum != 0 ? 1 : 0), optimizer.SlotOf("p0").Layout.StateCount);
        }

        bool Exists(string symbol) => optimizer.State("p0", symbol).Length == 100;
    }

    [Fact]
    public void A_rule_without_any_state_left_takes_none()
    {
        var model = new Model<double>(1, 10);
        var rule = new OptDsl.Rules.Sgd { LearningRate = 0.1 };
        var optimizer = new Optimizer<double>();
        optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 2);
        Assert.Null(optimizer.SlotOf("p0").States);
        rule.Momentum = 0.5;
        model.Train(optimizer, 1);
        Assert.Equal(model.Parameters[0].Gradient.ToArray(), optimizer.State("p0", "v").ToArray());
        rule.Momentum = 0;
        model.Train(optimizer, 1);
        Assert.Null(optimizer.SlotOf("p0").States);
    }

    [Fact]
    public void Options_change_in_mid_run_and_states_begin_and_end()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (model, twin) = (new Model<T>(5, 1, 700, 40), new Model<T>(5, 1, 700, 40));
            var rule = new DeclaredOptions();
            var optimizer = new Optimizer<T>();
            optimizer.Add((IUpdateRule<T>)(object)rule, model.Parameters);
            var states = twin.Parameters.Select(parameter => new Dictionary<string, T[]> { ["m"] = new T[parameter.Length] }).ToArray();
            foreach (var (scaled, momentum) in s_settings)
            {
                (rule.Scaled, rule.Momentum) = (scaled, momentum);
                for (var i = 0; i < states.Length; i++)
                {
                    Set(states[i], "k", scaled, [.. twin.Parameters[i].Value.ToArray().Select(w => w * w)]);
                    Set(states[i], "v", momentum != 0, new T[twin.Parameters[i].Length]);
                }

                for (var step = 0; step < 2; step++)
                {
                    twin.Backward(optimizer.StepCount + 1);
                    model.Train(optimizer, 1);
                    for (var i = 0; i < states.Length; i++)
                        Update(rule, optimizer.StepCount, twin.Parameters[i], states[i]);
                    Assert.Equal(twin.Values, model.Values);
                    for (var i = 0; i < states.Length; i++)
                        Assert.All(states[i], state => Assert.Equal(state.Value, optimizer.State($"p{i}", state.Key).ToArray()));
                }
            }
        }

        static void Set<T>(Dictionary<string, T[]> states, string symbol, bool exists, T[] initial)
        {
            if (!exists)
                states.Remove(symbol);
            else
                states.TryAdd(symbol, initial);
        }

        static void Update<T>(DeclaredOptions rule, long step, Parameter<T> parameter, Dictionary<string, T[]> states)
            where T : unmanaged
        {
            var (k, m, v) = (states.GetValueOrDefault("k"), states["m"], states.GetValueOrDefault("v"));
            if (parameter is Parameter<float> single)
                rule.Update(step, single.Value.Span, single.Gradient.Span, (float[]?)(object?)k, (float[])(object)m, (float[]?)(object?)v);
            else if (parameter is Parameter<double> twice)
                rule.Update(step, twice.Value.Span, twice.Gradient.Span, (double[]?)(object?)k, (double[])(object)m, (double[]?)(object?)v);
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_and_chunks_whatever_the_options()
    {
        Assert.Single(Digests<float>().Distinct());
        Assert.Single(Digests<double>().Distinct());

        static IEnumerable<ulong> Digests<T>()
            where T : unmanaged, IFloatingPointIeee754<T> =>
            from degree in (int[])[1, 2, 5]
            from chunk in (int[])[512, 1024, 1 << 20]
            select Run<T>(degree, chunk);

        static ulong Run<T>(int degree, int chunk)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var model = new Model<T>(3, 1, 513, 5000, 70_001);
            var rules = new[] { new DeclaredOptions(), new DeclaredOptions { Scaled = true, Momentum = 0.5 } };
            var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = degree, ChunkLength = chunk, ParallelThreshold = 0 };
            for (var i = 0; i < rules.Length; i++)
                optimizer.Add((IUpdateRule<T>)(object)rules[i], model.Parameters.Where((_, index) => index % 2 == i));
            var digest = new Digest();
            foreach (var (scaled, momentum) in s_settings)
            {
                (rules[0].Scaled, rules[0].Momentum) = (scaled, momentum);
                (rules[1].Scaled, rules[1].Momentum) = (!scaled, 0.5 - momentum / 2);
                model.Train(optimizer, 1);
                foreach (var parameter in model.Parameters)
                {
                    digest.Add(parameter.Value.Span);
                    foreach (var symbol in (string[])["k", "m", "v"])
                        digest.Add(optimizer.State(parameter.Name, symbol).Span);
                }
            }

            return digest.Value;
        }
    }

    [Fact]
    public void A_frozen_parameter_meets_the_option_when_it_thaws()
    {
        var model = new Model<float>(2, ("a", [5]), ("b", [5]));
        var rule = new DeclaredOptions { Momentum = 0.5 };
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 2);
        optimizer.Freeze(name => name == "b");
        var velocity = optimizer.State("b", "v").ToArray();
        rule.Momentum = 0;
        model.Train(optimizer, 1);
        Assert.True(optimizer.State("a", "v").IsEmpty);
        Assert.Equal(velocity, optimizer.State("b", "v").ToArray());
        optimizer.Unfreeze(_ => true);
        model.Train(optimizer, 1);
        Assert.True(optimizer.State("b", "v").IsEmpty);
    }

    [Fact]
    public void An_option_that_is_out_of_range_changes_nothing()
    {
        var model = new Model<float>(2, 5);
        var rule = new DeclaredOptions { Momentum = 0.5 };
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 2);
        var (weights, velocity) = (model.Values, optimizer.State("p0", "v").ToArray());
        rule.Momentum = double.NaN;
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step());
        Assert.Equal(weights, model.Values);
        Assert.Equal(velocity, optimizer.State("p0", "v").ToArray());
    }
}
