using OptDsl.CodeFixes.Formulas;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class LintFixTests
{
    private const string Averages = "m = β1*m + (1-β1)*g\n    v = β2*v + (1-β2)*g^2\n    ";

    [Theory]
    [InlineData("m v", Averages + "W = W - η*(m/(1-β1^t))/(√{|OPT301:v|} + ε)", Averages + "v̂ = v / (1-β2^t)\n    W = W - η*(m/(1-β1^t))/(√v̂ + ε)")]
    [InlineData("m v", Averages + "W = W - η*(m/(1-β1^t))/(√(v/(1-{|OPT302:β1^t|})) + ε)", Averages + "W = W - η*(m/(1-β1^t))/(√(v/(1-β2^t)) + ε)")]
    [InlineData("v", "{|OPT303:v = v + μ*g|}\n    W = W - η*v", "v = μ*v + g\n    W = W - η*v")]
    [InlineData("s v", "v = β2*v + (1-β2)*g\n    s = β2*s + (1-β2)*g^2\n    c = 1-β2^t\n    W = W - η*g/({|OPT313:√(s/c - (v/c)^2)|} + ε)", "v = β2*v + (1-β2)*g\n    s = β2*s + (1-β2)*g^2\n    c = 1-β2^t\n    W = W - η*g/(√(max((s/c - (v/c)^2), 0)) + ε)")]
    [InlineData("v", "v = μ*v + η*g\n    {|OPT321:W = W + v|}", "v = μ*v + η*g\n    W = W - v")]
    [InlineData("v", "v = v + {|OPT323:|g||}\n    W = W - η*g/(√v + ε)", "v = v + g^2\n    W = W - η*g/(√v + ε)")]
    [InlineData("v", "v = v + g²\n    W = W - η*g/{|OPT324:(v + ε)|}", "v = v + g²\n    W = W - η*g/(sqrt(v) + ε)")]
    [InlineData("v", "v = v + g²\n    W = W - η*(g/√v + {|OPT312:ε|})", "v = v + g²\n    W = W - η*g/(√v + ε)")]
    [InlineData("v", "v = v + g²\n    W = W - η*g/(√v*{|OPT312:ε|})", "v = v + g²\n    W = W - η*g/(√v + ε)")]
    [InlineData("v", "W = W - η*{|OPT205:v|}\n    v = μ*v + g", "v = μ*v + g\n    W = W - η*v")]
    [InlineData("m", "m = β2*m + (1-β2)*g  # average\n    W = W - η*sign(β1*{|OPT205:m|} + (1-β1)*g)", "W = W - η*sign(β1*m + (1-β1)*g)  # average\n    m = β2*m + (1-β2)*g")]
    [InlineData("v", @"v_t = μ v_{t-1} + g_t; W_t = W_{t-1} - η {|OPT205:v_{t-1}|}", @"v_t = μ v_{t-1} + g_t; W_t = W_{t-1} - η v_t")]
    [InlineData("", "W = W - η*g*min(1, (t-1)/{|OPT314:κ|})", "W = W - η*g*min(1, (t-1)/max(κ, 1e-8))")]
    [InlineData("v", "v = μ*v + η*g\n    {|OPT322:W = W - η*v|}", "v = μ*v + g\n    W = W - η*v")]
    [InlineData("", "{|OPT322:W = W - η*(g + λ)|}", "W = W - η*(g + λ*W)")]
    [InlineData("v", "v = t == 1 ? {|OPT322:-g|} : μ*v - η*g\n    W = W + v", "v = t == 1 ? -η*g : μ*v - η*g\n    W = W + v")]
    [InlineData("m v", "h = g + {|OPT325:λ*W|}\n    m = β1*m + (1-β1)*h\n    v = β2*v + (1-β2)*h^2\n    W = W - η*(m/(1-β1^t))/(√(v/(1-β2^t)) + ε)",
        "h = g\n    m = β1*m + (1-β1)*h\n    v = β2*v + (1-β2)*h^2\n    W = W - η*(m/(1-β1^t))/(√(v/(1-β2^t)) + ε) - η*λ*W")]
    [InlineData("m v", Averages + "W = W - η*(m/{|OPT302:β1^t|})/(√(v/(1-β2^t)) + ε)", Averages + "W = W - η*(m/(1-β1^t))/(√(v/(1-β2^t)) + ε)")]
    public Task Formula_is_mended_in_place(string states, string formulas, string mended)
    {
        var fixedSource = LintSource.Rule(states, formulas).Replace(formulas, mended, StringComparison.Ordinal);
        return CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(LintSource.Rule(states, formulas), fixedSource);
    }

    [Fact]
    public Task A_state_whose_new_value_a_local_has_is_assigned() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("v", "u = μ*v + g\n    W = W - η*u").Replace("(\"v\")", "({|OPT202:\"v\"|})", StringComparison.Ordinal),
        LintSource.Rule("v", "v = μ*v + g\n    W = W - η*v"));

    [Fact]
    public Task Epsilon_is_added_and_declared() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("v", "v = v + g²\n    W = W - η*g/{|OPT311:√v|}"),
        """"
        using OptDsl;

        [UpdateRule("""
            v = v + g²
            W = W - η*g/(√v + ε)
            """)]
        [State("v")]
        partial class Rule
        {
            [Hyper("η")] public double Eta { get; set; } = 0.01;

            /// <summary>The hyper-parameter ε.</summary>
            [Hyper("ε")] public double Epsilon { get; set; } = 1e-8;
        }

        """");

    [Fact]
    public Task Default_that_divides_by_zero_is_changed() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("", "W = W - η*g*min(1, (t-1)/{|OPT314:κ|})"),
        LintSource.Rule("", "W = W - η*g*min(1, (t-1)/κ)").Replace("= 0;", "= 0.01;", StringComparison.Ordinal), fix: 1);

    [Fact]
    public Task Bound_that_divides_by_zero_is_left_out() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        Bounded("{|OPT314:(1-β1^t)|}", "1"), Bounded("(1-β1^t)", "HyperAttribute.BelowOne"));

    [Fact]
    public Task A_difference_of_averages_of_two_ages_is_not_clamped_where_more_than_rounding_makes_it_negative() => CodeFixVerifier.VerifyNoFixAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("s v", "v = β1*v + (1-β1)*g\n    s = β2*s + (1-β2)*g^2\n    W = W - η*g/({|OPT313:√(s - v^2)|} + ε)"));

    [Fact]
    public Task Bound_that_divides_nothing_is_no_matter() => CodeFixVerifier.VerifyNoFixAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("v", "v = μ*v + g\n    W = W - η*v").Replace("Hyper(\"μ\")", "Hyper(\"μ\", Min = 0, Max = 1)", StringComparison.Ordinal));

    [Fact]
    public Task Schedule_without_a_first_value_gets_one() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        Schedule("η = a / {|OPT314:(t-1)|}"), Schedule("η = a / max(t-1, 1)"));

    [Fact]
    public Task Unused_hyper_parameter_is_removed()
    {
        var source = LintSource.Rule("", "# μ\n    W = W - η*g");
        return CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
            source.Replace("double Mu", "double {|OPT204:Mu|}", StringComparison.Ordinal),
            source.Replace("\n    [Hyper(\"μ\")] public double Mu { get; set; } = 0.9;\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public Task All_averages_of_a_document_are_corrected_at_once() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("m v", Averages + "W = W - η*{|OPT301:m|}/(√{|OPT301:v|} + ε)"),
        LintSource.Rule("m v", Averages + "m̂ = m / (1-β1^t)\n    v̂ = v / (1-β2^t)\n    W = W - η*m̂/(√v̂ + ε)"), fixAll: true);

    [Fact]
    public Task Latex_stays_latex() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("v", @"v = v + g^2" + "\n    " + @"W = W - \frac{η g}{|OPT324:{v + ε}|}"),
        LintSource.Rule("v", @"v = v + g^2" + "\n    " + @"W = W - \frac{η g}{\sqrt{v} + ε}"));

    [Fact]
    public async Task A_hyper_parameter_that_an_idle_statement_names_stays() => Assert.All(
        await CodeFixVerifier.TitlesAsync<LintAnalyzer, FormulaFixProvider>(
            LintSource.Rule("", "{|OPT203:u = μ*g|}\n    W = W - η*g").Replace("double Mu", "double {|OPT204:Mu|}", StringComparison.Ordinal)),
        title => Assert.Equal("Read 'u' instead of 'g'", title));

    [Fact]
    public Task Fixes_of_two_rules_do_not_mix() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("", "{|OPT321:W = W + η*g|}") + LintSource.Rule("v", "v = v + g²\n    W = W - η*g/{|OPT324:(v + ε)|}", "Other")["using OptDsl;\n".Length..],
        LintSource.Rule("", "W = W - η*g") + LintSource.Rule("v", "v = v + g²\n    W = W - η*g/{|OPT324:(v + ε)|}", "Other")["using OptDsl;\n".Length..]);

    private static string Bounded(string correction, string max) => LintSource.Rule("m", $"m = β1*m + (1-β1)*g\n    W = W - η*m/{correction}")
        .Replace("Hyper(\"β1\")", $"Hyper(\"β1\", Min = 0, Max = {max})", StringComparison.Ordinal);

    private static string Schedule(string formulas) => $$"""
        using OptDsl;

        [OptDsl.Schedule("{{formulas}}")]
        partial class Decaying
        {
            [Hyper("a")] public double A { get; set; } = 1;
        }
        """;
}
