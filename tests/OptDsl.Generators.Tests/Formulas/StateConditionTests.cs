using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>States that exist only while a condition holds: what the condition may be, and where the state may be read.</summary>
public sealed class StateConditionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("p")]
    [InlineData("not p")]
    [InlineData("μ ≠ 0")]
    [InlineData("μ > 0.5 and not (p or β == 1)")]
    [InlineData("2μ + 1 ≤ √β")]
    [InlineData(@"\mu \neq 0")]
    public void Conditions_compare_hyper_parameters(string when) => Assert.Empty(Errors("s = s + g; W = W - ηg", when));

    [Theory]
    [InlineData("t > 1", "OPT110", "t")]
    [InlineData("η > 0", "OPT110", "η")]
    [InlineData("W > 0", "OPT110", "W")]
    [InlineData("s > 0", "OPT110", "s")]
    [InlineData("v > 0 and p", "OPT110", "v")]
    [InlineData("μ", "OPT110", "μ")]
    [InlineData("p and not μ", "OPT110", "μ")]
    [InlineData("p + 1", "OPT110", "p + 1")]
    [InlineData("p ? μ > 0 : p", "OPT110", "p ? μ > 0 : p")]
    [InlineData("1", "OPT110", "1")]
    [InlineData("2 > 1", "OPT110", "2 > 1")]
    [InlineData("μ>1 or μ>2 or μ>3 or μ>4 or μ>5 or μ>6 or μ>7", "OPT110", "μ>1 or μ>2 or μ>3 or μ>4 or μ>5 or μ>6 or μ>7")]
    [InlineData("q", "OPT102", "q")]
    [InlineData("g > 0", "OPT102", "g")]
    [InlineData("μ >", "OPT101", ">")]
    [InlineData("μ = 0", "OPT101", "=")]
    [InlineData("‖W‖ > 1", "OPT106", "‖W‖")]
    public void What_is_no_condition_is_reported_at_its_characters(string when, string id, string at)
    {
        var error = Errors("s = s + g; v = v + g; W = W - η(g + v)", when)[0];
        output.WriteLine($"{error.Id} {error.Message}");
        Assert.Equal((id, at, TextOrigin.WhenOf(0)), (error.Id, when.Substring(error.Span.Start, error.Span.Length), error.Text));
    }

    [Fact]
    public void A_value_a_tensor_saves_no_memory()
    {
        var source = Of("s = s + ‖g‖; W = W - ηg", "p") with { States = new[] { new StateSource("s", "0", Cardinality.PerTensor, false) { When = "p" } }.ToImmutableArray() };
        Assert.Equal("OPT110", FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors.Single().Id);
    }

    [Theory]
    [InlineData("p", "W = W - (p ? s : g)")]
    [InlineData("p", "W = W - (not p ? g : s)")]
    [InlineData("p", "W = W - (p ≠ 0 and μ > 1 ? s : g)")]
    [InlineData("p", "W = W - (μ > 1 ? (p ? s : 0) : g)")]
    [InlineData("p", "u = s² + s; W = W - (p ? u : g)")]
    [InlineData("p", "on = p; W = W - (on ? s : g)")]
    [InlineData("p", "off = not p or μ > 1; W = W - (off ? g : s)")]
    [InlineData("p", "s += s; W = W - (p ? s : g)")]
    [InlineData("p", "s = 2s; W = W - (p ? s - s_{t-1} : g)")]
    [InlineData("p", "v = p ? v + ‖s‖ : v; W = W - v")]
    [InlineData("p", "unused = s; W = W - g")]
    [InlineData("not p", "W = W - (p ? g : s)")]
    [InlineData("μ ≠ 0", "W = W - (μ == 0 ? g : s)")]
    [InlineData("μ ≠ 0", "W = W - (0 ≠ μ ? s : g)")]
    [InlineData("μ ≠ 0", "W = W - (μ ? s : g)")]
    [InlineData("μ > 1", "W = W - (1 < μ ? s : g)")]
    [InlineData("μ > 1", "W = W - (μ ≤ 1 ? g : s)")]
    [InlineData("μ ≥ 1", "W = W - (μ < 1 ? g : s)")]
    [InlineData("p and μ > 1", "W = W - (p ? (μ > 1 ? s : g) : g)")]
    [InlineData("p and μ > 1", "W = W - (not p or μ ≤ 1 ? g : s)")]
    [InlineData("p or μ > 1", "W = W - (μ > 1 ? s : p ? s : g)")]
    public void A_read_that_is_proved_to_be_under_the_condition_is_fine(string when, string formulas) => Assert.Empty(Errors("s = s + g; " + formulas, when));

    [Theory]
    [InlineData("p", "W = W - s", "s")]
    [InlineData("p", "W = W - (p ? g : s)", "s")]
    [InlineData("p", "W = W - p·s", "s")]
    [InlineData("p", "W = W - (p and s > 0 ? g : 0)", "s")]
    [InlineData("p", "W = W - (s_t > 0 ? g : 0)", "s_t")]
    [InlineData("p", "W = W - (p or μ > 1 ? s : g)", "s")]
    [InlineData("p", "u = s²; W = W - u", "s")]
    [InlineData("p", "v = v + s; W = W - g", "s")]
    [InlineData("p", "W = W - g / (1 + ‖s‖)", "s")]
    [InlineData("μ ≠ 0", "W = W - (μ ≠ 1 ? s : g)", "s")]
    [InlineData("μ > 1", "W = W - (μ ≥ 1 ? s : g)", "s")]
    [InlineData("p and μ > 1", "W = W - (p ? s : g)", "s")]
    public void A_read_that_may_find_no_state_is_reported_at_its_characters(string when, string formulas, string at)
    {
        var error = Errors("s = s + g; " + formulas, when).Single();
        output.WriteLine(error.Message);
        Assert.Equal(("OPT109", at), (error.Id, ("s = s + g; " + formulas).Substring(error.Span.Start, error.Span.Length)));
        Assert.Contains($"'{when} ? … : …'", error.Message, StringComparison.Ordinal);
        var fix = Assert.IsType<ReplaceFix>(error.Fixes.Single());
        var mended = ("s = s + g; " + formulas)[..fix.Span.Start] + fix.NewText + ("s = s + g; " + formulas)[fix.Span.End..];
        Assert.Empty(Errors(mended, when));
    }

    [Fact]
    public void Every_read_is_reported_once() => Assert.Equal(3, Errors("u = s + s; W = W - u - s", "p").Length);

    [Fact]
    public void A_long_chain_of_conditions_is_decided_at_once()
    {
        var chain = string.Join("; ", Enumerable.Range(1, 300).Select(i => $"c{i} = c{i - 1} and c{i - 1}"));
        Assert.Empty(Errors($"c0 = p; {chain}; W = W - (c300 ? s : g)", "p"));
    }

    [Fact]
    public void The_interpreter_leaves_the_state_alone_while_the_condition_does_not_hold()
    {
        var program = RuleProgram.Compile(Rule.Model(Of("s = s + g; s = 2s; W = W - (p ? s : g)", "p", "7")));
        var run = new RuleRun(program, [1], [0.1, 0.9, 0, 0]);
        run.Step([3]);
        Assert.Equal((7.0, -2.0), (run.State(0)[0], run.Parameter[0]));
        run.SetHyper(3, 1);
        run.Step([3]);
        Assert.Equal((20.0, -22.0), (run.State(0)[0], run.Parameter[0]));
    }

    private static ImmutableArray<FormulaError> Errors(string formulas, string when) =>
        FormulaCompiler.Compile(Of(formulas, when), TestContext.Current.CancellationToken).Errors;

    private static RuleSource Of(string formulas, string when, string initial = "0")
    {
        var source = Rule.Source(formulas, states: $"s={initial} v", hypers: "η μ β p").When("s", when);
        HyperType[] types = [HyperType.Schedule, HyperType.Double, HyperType.Single, HyperType.Boolean];
        return source with { Hypers = source.Hypers.Select((hyper, i) => hyper with { Type = types[i] }).ToImmutableArray() };
    }
}
