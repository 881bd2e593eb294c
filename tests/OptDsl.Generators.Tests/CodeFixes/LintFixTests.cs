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
    [InlineData("s v", "v = β1*v + (1-β1)*g\n    s = β2*s + (1-β2)*g^2\n    W = W - η*g/({|OPT313:√(s - v^2)|} + ε)", "v = β1*v + (1-β1)*g\n    s = β2*s + (1-β2)*g^2\n    W = W - η*g/(√(max((s - v^2), 0)) + ε)")]
    [InlineData("v", "v = μ*v + η*g\n    {|OPT321:W = W + v|}", "v = μ*v + η*g\n    W = W - v")]
    [InlineData("v", "v = v + {|OPT323:|g||}\n    W = W - η*g/(√v + ε)", "v = v + g^2\n    W = W - η*g/(√v + ε)")]
    [InlineData("v", "v = v + g²\n    W = W - η*g/{|OPT324:(v + ε)|}", "v = v + g²\n    W = W - η*g/(sqrt(v) + ε)")]
    public Task Formula_is_mended_in_place(string states, string formulas, string mended)
    {
        var fixedSource = LintSource.Rule(states, formulas).Replace(formulas, mended, StringComparison.Ordinal);
        return CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(LintSource.Rule(states, formulas), fixedSource);
    }

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
    public Task A_hyper_parameter_that_an_idle_statement_names_stays() => CodeFixVerifier.VerifyNoFixAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("", "{|OPT203:u = μ*g|}\n    W = W - η*g").Replace("double Mu", "double {|OPT204:Mu|}", StringComparison.Ordinal));

    [Fact]
    public Task Fixes_of_two_rules_do_not_mix() => CodeFixVerifier.VerifyAsync<LintAnalyzer, FormulaFixProvider>(
        LintSource.Rule("", "{|OPT321:W = W + η*g|}") + LintSource.Rule("v", "v = v + g²\n    W = W - η*g/{|OPT324:(v + ε)|}", "Other")["using OptDsl;\n".Length..],
        LintSource.Rule("", "W = W - η*g") + LintSource.Rule("v", "v = v + g²\n    W = W - η*g/{|OPT324:(v + ε)|}", "Other")["using OptDsl;\n".Length..]);
}
