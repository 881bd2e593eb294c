using Microsoft.CodeAnalysis;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Analyzers;

/// <summary>Every finding at its exact place, in rules that have no other.</summary>
public sealed class LintAnalyzerTests
{
    private const string Averages = "m = β1*m + (1-β1)*g\n    v = β2*v + (1-β2)*g^2\n    ";
    private const string Hats = "m̂ = m/(1-β1^t)\n    v̂ = v/(1-β2^t)\n    ";

    [Theory]
    [InlineData("", "{|OPT201:u = g|}")]
    [InlineData("v", "u = μ*v + g\n    W = W - η*u", "OPT202")]
    [InlineData("v", "{|OPT202:v = (1-μ)*g|}\n    W = W - η*v")]
    [InlineData("", "{|OPT203:u = μ*g|}\n    W = W - η*g", "OPT204 μ")]
    [InlineData("v", "W = W - η*{|OPT205:v|}\n    v = μ*v + g")]
    [InlineData("m v", Averages + "W = W - η*{|OPT301:m|}/(√{|OPT301:v|} + ε)")]
    [InlineData("m v", Averages + "m̂ = m/(1-β1^t)\n    v̂ = v/(1-{|OPT302:β1^t|})\n    W = W - η*m̂/(√v̂ + ε)")]
    [InlineData("m v", "m = β1*m + (1-β1)*g\n    {|OPT303:v = β2*v + (1-β1)*g^2|}\n    " + Hats + "W = W - η*m̂/(√v̂ + ε)")]
    [InlineData("v", "v = β2*v + (1-β2)*g^2\n    W = W - η*g/(√{|OPT304:v|} + ε)")]
    [InlineData("m v", Averages + Hats + "W = W - η*m̂/{|OPT311:√v̂|}")]
    [InlineData("m v", Averages + Hats + "W = W - η*(m̂/√v̂ + {|OPT312:ε|})")]
    [InlineData("s v", "v = β1*{|OPT304:v|} + (1-β1)*g\n    s = β2*s + (1-β2)*g^2\n    W = W - η*g/({|OPT313:√(s - v^2)|} + ε)", "no304")]
    [InlineData("", "W = W - η*g*min(1, (t-1)/{|OPT314:κ|})")]
    [InlineData("v", "v = μ*v + η*g\n    {|OPT321:W = W + v|}")]
    [InlineData("v", "v = μ*v + η*g\n    {|OPT322:W = W - η*v|}")]
    [InlineData("v", "v = v + {|OPT323:|g||}\n    W = W - η*g/(√v + ε)")]
    [InlineData("v", "v = v + g^2\n    W = W - η*g/{|OPT324:(v + ε)|}")]
    [InlineData("m v", "h = g + {|OPT325:λ*W|}\n    m = β1*m + (1-β1)*h\n    v = β2*v + (1-β2)*h^2\n    " + Hats + "W = W - η*m̂/(√v̂ + ε)")]
    public async Task Finding_is_at_its_characters(string states, string formulas, string elsewhere = "")
    {
        var source = elsewhere == "no304" ? LintSource.Rule(states, formulas.Replace("{|OPT304:v|}", "v", StringComparison.Ordinal)) : LintSource.Rule(states, formulas);
        if (elsewhere == "OPT202")
            source = source.Replace("(\"v\")", "({|OPT202:\"v\"|})", StringComparison.Ordinal);
        if (elsewhere == "OPT204 μ")
            source = source.Replace("double Mu", "double {|OPT204:Mu|}", StringComparison.Ordinal);
        await AnalyzerVerifier.VerifyAsync([new LintAnalyzer()], [new SourceFile("Rule.cs", source)]);
    }

    [Fact]
    public async Task Advice_has_the_severity_of_the_catalogue_and_explains_itself()
    {
        var diagnostics = await AnalyzerVerifier.VerifyAsync<LintAnalyzer>(LintSource.Rule("m v", Averages + "W = W - η*{|OPT301:m|}/(√{|OPT301:v|} + ε)"));

        Assert.All(diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Warning, diagnostic.DefaultSeverity));
        Assert.All(diagnostics, diagnostic => Assert.NotEqual("", diagnostic.Descriptor.Description.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Pragma_silences_advice() => await AnalyzerVerifier.VerifyAsync<LintAnalyzer>(
        "#pragma warning disable OPT321\n" + LintSource.Rule("", "W = W + η*g"));

    [Fact]
    public async Task A_rule_with_errors_gets_no_advice() => await AnalyzerVerifier.VerifyAsync<LintAnalyzer>(LintSource.Rule("", "W = W + η*unknown"));
}
