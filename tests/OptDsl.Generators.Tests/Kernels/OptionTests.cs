using OptDsl.Generators.Tests.Formulas;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Kernels of rules whose states come and go with options: no state is touched where it does not exist.</summary>
public sealed class OptionTests
{
    private static readonly HyperSource[] Hypers =
        [Rule.Hyper("μ", 0.5), Rule.Flag("p", true), Rule.Flag("q", false)];

    public static IEnumerable<TheoryDataRow<string, string, string>> Rules =>
    [
        new("p", "W = W - (p ? s : g)", "s = μs + g"),
        new("q", "W = W - (q ? s : g)", "s = μs + g"),
        new("not p", "W = W - (p ? g : s)", "s = μs + g"),
        new("not q", "W = W - (not q ? s : g)", "s = μs + g"),
        new("q", "W = W - (q ? s : g)", "s = s"),
        new("q", "W = W - (q ? s : g)", "s = p ? s : s"),
        new("p and q", "W = W - (p ? (q ? s : g) : W)", "s = μs + g; s = 2s - s_{t-1}"),
        new("μ > 1", "W = W - (1 < μ ? s : μ ≤ 1 ? g : s)", "s = g"),
        new("q", "n = ‖g‖; W = W - (q ? s : g) / (1 + n)", "s = μs + g"),
        new("q", "n = q ? ‖s‖ : 2; W = W - ng", "s = μs + g"),
        new("p", "n = p ? ‖s‖ : 2; W = W - ng", "s = μs + g"),
        new("q", "n = q ? ‖s_{t-1}‖ + maxabs(s) : 2; W = W - n", "s = μs + g"),
        new("q", "u = s²; v = q ? u + v : v; W = W - v", "s = s + g"),
        new("not p", "W = W - (p ? (p == 0 ? s/2 : g) : (not (not p) ? W : s))", "s = g"),
        new("not p", "v = p ? (p == 0 ? v + s : v) : (not (not p) ? W : s); W = W - (p ? v : (p == 0 ? s : g))", "s = μs + g"),
        new("q", "W = W - g", "s = s + g"),
        new("μ·0 ≠ 0", "W = W - (μ·0 ≠ 0 ? s : g)", "s = s + g"),
        new("μ·0 == 0", "W = W - (μ·0 == 0 ? s : g)", "s = s + g"),
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_kernel_computes_what_the_formulas_say_without_the_states_that_do_not_exist(string when, string formulas, string assignment)
    {
        foreach (var order in new[] { $"{assignment}; {formulas}", $"{formulas.Replace("s_{t-1}", "s", StringComparison.Ordinal)}; {assignment}" })
        {
            var source = Rule.Of(order, "s=W v", Hypers).When("s", when);
            foreach (var precise in new[] { false, true })
            {
                using var code = CompiledCode.Load(RuleCode.Of(source, "Rule", precise));
                foreach (var length in new[] { 0, 1, 7, 64, 70 })
                {
                    KernelAgreement.Verify<float>(source, code.Create("Rule"), length, steps: 3, seed: length);
                    KernelAgreement.Verify<double>(source, code.Create("Rule"), length, steps: 3, seed: length);
                }
            }
        }
    }

    [Theory]
    [InlineData("u = s; s = g; W = W - (p ? u : g)")]
    [InlineData("u = v; v = g; W = W - (q ? g : u)")]
    [InlineData("u = v² + s_{t-1}; v = W; s = v; W = W - (p ? (not q ? u : 0) : g)")]
    public void What_a_choice_needs_of_the_old_value_is_read_before_it_is_overwritten(string formulas)
    {
        var source = Rule.Of(formulas, "s=1 v=2", Hypers).When("s", "p");
        using var code = CompiledCode.Load(RuleCode.Of(source, "Rule"));
        KernelAgreement.Verify<float>(source, code.Create("Rule"), 70, steps: 3, seed: 1);
        KernelAgreement.Verify<double>(source, code.Create("Rule"), 70, steps: 3, seed: 1);
    }

    [Fact]
    public void Update_takes_an_empty_span_or_none_for_a_state_that_does_not_exist()
    {
        using var code = CompiledCode.Load("""
            using System;
            using OptDsl;

            /// <summary>A rule.</summary>
            [UpdateRule("m = m + g; v = μv + m; W = W - (μ ≠ 0 ? v : m) - (p ? 0 : k); k = g")]
            [State("k", When = "not p"), State("m"), State("v", When = "μ ≠ 0")]
            public sealed partial class Rule
            {
                /// <summary>Decay.</summary>
                [Hyper("μ")] public double Decay { get; set; }

                /// <summary>An option.</summary>
                [Hyper("p")] public bool Option { get; set; } = true;
            }

            /// <summary>Calls it.</summary>
            public static class Driver
            {
                /// <summary>Steps with as many elements of each state as asked for.</summary>
                public static double Step(double decay, bool option, int k, int v)
                {
                    double[] W = [1], g = [2], m = [3];
                    var rule = new Rule { Decay = decay, Option = option };
                    if (v < 0)
                        rule.Update(1, W, g, new double[k], m);
                    else
                        rule.Update(1, W, g, new double[k], m, new double[v]);
                    return W[0];
                }
            }
            """);

        Assert.Equal(-4.0, Step(0, true, 0, -1));
        Assert.Equal(-4.0, Step(0, true, 0, 0));
        Assert.Equal(-4.0, Step(0, true, 1, 1));
        Assert.Equal(-4.0, Step(0.5, true, 0, 1));
        Assert.Equal(-4.0, Step(0.5, false, 1, 1));
        Assert.Equal("v", Refused(0.5, true, 0, -1).ParamName);
        Assert.Equal("v", Refused(0, true, 0, 2).ParamName);
        Assert.Equal("k", Refused(0, false, 0, 0).ParamName);
        Assert.Equal("k", Refused(0, true, 2, 0).ParamName);

        ArgumentException Refused(double decay, bool option, int k, int v) => Assert.Throws<ArgumentException>(() => Step(decay, option, k, v));
        object? Step(double decay, bool option, int k, int v) => code.Call("Driver", "Step", decay, option, k, v);
    }

    [Fact]
    public void A_condition_is_part_of_the_algorithm()
    {
        var source = Rule.Of("s = p ? μs + g : s; W = W - (p ? s : g)", "s", Hypers);
        string[] hashes = [.. new[] { source, source.When("s", "p"), source.When("s", "p and q or p") }.Select(item => ModelIdentity.Of(Rule.Model(item)))];
        Assert.Equal(3, hashes.Distinct().Count());
        Assert.Equal(hashes[1], ModelIdentity.Of(Rule.Model(source.When("s", "p"))));
    }
}
