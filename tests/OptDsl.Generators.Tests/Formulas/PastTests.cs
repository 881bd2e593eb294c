using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>States that are declared by the symbol of an earlier time, and schedules that are read at two.</summary>
public sealed class PastTests
{
    [Theory]
    [InlineData("W_t = W_{t-1} - g_t - 10g_{t-1}", "g_{t-1}", -1, -13, -36)]
    [InlineData("W_t = W_{t-1} - g_t - 10g_{t-1} - 100g_{t-2}", "g_{t-2} g_{t-1}", -1, -13, -136)]
    [InlineData("W^{(t)} = W^{(t-1)} - g^{(t)} - 10g^{(t-1)}", "g^{(t-1)}", -1, -13, -36)]
    [InlineData("W_{t+1} = W_t - g_t - 10 g_{t-1}", "g_{t-1}", -1, -13, -36)]
    [InlineData("W_t = W_{t-1} - g_t + 10(W_{t-1} - W_{t-2})", "W_{t-2}=W", -1, -13, -136)]
    [InlineData("W_{t+1} = W_t - g_t + 10(W_t - W_{t-1})", "W_{t-1}=W", -1, -13, -136)]
    [InlineData("W_t = W_{t-1} - g_t + W_{t-3}", "W_{t-2} W_{t-3}", -1, -3, -6)]
    [InlineData("u_t = 2g_t + u_{t-1}; W_t = W_{t-1} - u_t", "u_{t-1}", -2, -8, -20)]
    [InlineData("m_t = 0.5m_{t-1} + g_t; W_t = W_{t-1} - m_t - m_{t-2}", "m m_{t-2}", -1, -3.5, -8.75)]
    [InlineData("m_t = 0.5m_{t-1} + g_t; W_t = W_{t-1} - m_t", "m_t", -1, -3.5, -7.75)]
    [InlineData("if t > 1: u_t = g_t else: u_t = 5\nW_t = W_{t-1} - u_t - u_{t-1}", "u_{t-1}", -5, -12, -17)]
    [InlineData("g_t = g_t + 1; W_t = W_{t-1} - g_t - g_{t-1}", "g_{t-1}", -2, -7, -14)]
    public void The_past_is_kept(string formulas, string states, double first, double second, double third)
    {
        var source = Rule.Source(formulas, states);
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(source)), [0], []);
        var (gradient, step) = (0.0, 0);
        foreach (var expected in new[] { first, second, third })
        {
            gradient = ++step;
            run.Step([gradient]);
            Assert.Equal(expected, run.Parameter[0], 1e-12);
        }
    }

    [Theory]
    [InlineData("W_t = W_{t-1} - g_t - g_{t-1}", "", "OPT108", "g_{t-1}", "'g_{t-1}' is the gradient of 1 step before, and a step has one, g_{t}; what is further back has to be kept: declare [State(\"g_{t-1}\")]")]
    [InlineData("W_t = W_{t-1} - g_{t-1} - g_t", "", "OPT108", "g_{t-1}", "'g_{t-1}' is the gradient of 1 step before, and a step has one, g_{t}; what is further back has to be kept: declare [State(\"g_{t-1}\")]")]
    [InlineData("W_t = W_{t-1} - g_t - g_{t-2}", "", "OPT108", "g_{t-2}", "'g_{t-2}' is the gradient of 2 steps before, and a step has one, g_{t}; what is further back has to be kept: declare [State(\"g_{t-1}\")] and [State(\"g_{t-2}\")]")]
    [InlineData("W_t = W_{t-1} - g_t + W_{t-2}", "", "OPT108", "W_{t-2}", "'W_{t-2}' is 2 steps before the new value W_{t}; what is further back has to be kept: declare [State(\"W_{t-2}\")]")]
    [InlineData("u_t = g_t; W_t = W_{t-1} - u_{t-2}", "", "OPT108", "u_{t-2}", "'u_{t-2}' is 2 steps before the new value u_{t}; what is further back has to be kept: declare [State(\"u_{t-1}\")] and [State(\"u_{t-2}\")]")]
    [InlineData("W_t = W_{t-1} - g_t - g_{t-2}", "g_{t-2}", "OPT112", "g_{t-2}", "'g_{t-2}' is filled from g_{t-1} at the end of a step, which no state keeps; declare that too")]
    [InlineData("W_t = W_{t-1} - g_t", "W_{t-1}", "OPT112", "W_{t-1}", "'W_{t-1}' is the value of 'W' before the step, which is there without a state of its own; remove this one")]
    [InlineData("W_t = W_{t-1} - g_t", "x_{t-1}", "OPT112", "x_{t-1}", "'x_{t-1}' keeps the past of 'x', which is neither the gradient nor assigned by a statement")]
    [InlineData("W_t = W_{t-1} - η g_t", "η_{t-1}", "OPT112", "η_{t-1}", "'η_{t-1}' would keep a hyper-parameter; a Schedule is read at two times as it is, without a state")]
    [InlineData("if t > 2: u_t = g_t\nW_t = W_{t-1} - g_t - u_{t-1}", "u_{t-1}", "OPT112", "u_{t-1}", "'u' has a value only on one side of 't > 2'; assign it on both, so that 'u_{t-1}' has one in the next step")]
    [InlineData("W_t = W_{t-1} - g_t - g_{t-1}\ng_{t-1} = g_t", "g_{t-1}", "OPT107", "g_{t-1}", "the state 'g_{t-1}' is filled at the end of every step by itself; leave this statement out")]
    public void What_has_no_past_is_said_and_mended(string formulas, string states, string id, string at, string message)
    {
        var source = Rule.Source(formulas, states, "η");
        var error = Assert.Single(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors);
        Assert.Equal((id, message), (error.Id, error.Message));
        Assert.Equal(at, (error.Text.State is { } state ? source.States[state].Symbol : formulas).Substring(error.Span.Start, error.Span.Length));
        foreach (var fix in error.Fixes)
        {
            var mended = fix is DeclareStateFix declare
                ? source with { States = new([.. source.States, .. declare.Symbol.Split('\n').Select(Rule.State)]) }
                : source with { Formulas = formulas.Remove(((ReplaceFix)fix).Span.Start, ((ReplaceFix)fix).Span.Length).Insert(((ReplaceFix)fix).Span.Start, ((ReplaceFix)fix).NewText) };
            Assert.Empty(FormulaCompiler.Compile(mended, TestContext.Current.CancellationToken).Errors);
        }
    }

    [Fact]
    public void Kernels_keep_the_past()
    {
        var source = Rule.Of(
            "y_t = g_t - g_{t-1}; s_t = W_{t-1} - W_{t-2}\nα_t = dot(s_t, s_t)/(|dot(s_t, y_t)| + 1)\nW_t = W_{t-1} - ηα_t g_t - 0.01g_{t-2}",
            "g_{t-1} g_{t-2} W_{t-2}=W", Rule.Hyper("η", 0.1));
        using var code = CompiledCode.Load(RuleCode.Of(source, "Past"));
        KernelAgreement.Verify<float>(source, code.Create("Past"), 37, 5, 1);
        KernelAgreement.Verify<double>(source, code.Create("Past"), 1037, 5, 2);
        Assert.Equal(["g_{t-1}", "g_{t-2}", "W_{t-2}"], ((IUpdateRule)code.Create("Past")).Description.States.Select(state => state.Symbol));
    }

    [Fact]
    public void The_page_shows_a_rule_without_a_fault_and_the_parameters_past_begins_with_the_parameter()
    {
        using var code = CompiledCode.Load("""
            using OptDsl;
            [UpdateRule("θ_t = θ_{t-1} - g_t + 0.5(θ_{t-1} - θ_{t-2})", Parameter = "θ"), State("θ_{t-2}")] public sealed partial class HeavyBall;
            """);
        Assert.Equal("θ", ((IUpdateRule)code.Create("HeavyBall")).Description.States[0].Initial);
        var page = File.ReadAllText(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src", "LANGUAGE.md"));
        var section = page[page.IndexOf("## The past", StringComparison.Ordinal)..];
        var source = Rule.Of(section.Split("\"\"\"")[1], "g_{t-1} θ_{t-2}=θ", Rule.Hyper("ε", 1e-8, 0), Rule.Hyper("η", 0.1, 0)) with { Parameter = "θ" };
        Rule.Model(source);
    }

    [Fact]
    public void A_momentum_by_differences_is_accused_of_nothing()
    {
        var source = Rule.Of("W_t = W_{t-1} - ηg_t + μ(W_{t-1} - W_{t-2})", "W_{t-2}=W", Rule.Hyper("η", 0.1, 0), Rule.Hyper("μ", 0.9, 0, 0.999));
        Assert.Empty(RuleLints.Analyze(Rule.Model(source), LintOptions.Default, TestContext.Current.CancellationToken).Where(finding => !LintIds.IsNote(finding.Id)));
    }

    [Theory]
    [InlineData("W_t = W_{t-1} - μ_t g_t - 100 μ_{t+1} g_t", 1, 1 + 200)]
    [InlineData("W_{t+1} = W_t - μ_t g_t - 100μ_{t+1} g_t", 1, 1 + 200)]
    [InlineData("W_{t+1} = W_t - μ_{t+1} g_{t+1} - 100μ_{t+2} g_{t+1}", 1, 1 + 200)]
    [InlineData("W_t = W_{t-1} - μ_t g_t - 100μ_{t-1} g_t", 1, 1 + 100)]
    [InlineData("W_{t+1} = W_t - μ_{t+1} g_{t+1}", 1, 1)]
    [InlineData("W_t = W_{t-1} - μ_{t-1} g_{t-1}", 1, 1)]
    [InlineData("μ' = μ_{t+1}; W_t = W_{t-1} - μ_t μ' g_t", 1, 2)]
    public void A_schedule_is_read_at_two_times(string formulas, int gradient, double moved)
    {
        using var code = CompiledCode.Load($$"""
            using OptDsl;
            [UpdateRule("{{formulas}}")] public sealed partial class TwoTimes { [Hyper("μ")] public Schedule Momentum { get; set; } = 0.5; }
            [OptDsl.Schedule("μ = t")] public sealed partial class Counting;
            public static class Run
            {
                public static double Moved(double gradient)
                {
                    double[] W = [0], g = [gradient];
                    new TwoTimes { Momentum = new Counting() }.Update(1, W, g);
                    return -W[0];
                }
            }
            """);
        Assert.Equal(moved, (double)code.Call("Run", "Moved", (double)gradient)!, 1e-12);
        Assert.Single(((IUpdateRule)code.Create("TwoTimes")).Description.Hypers);
    }
}
