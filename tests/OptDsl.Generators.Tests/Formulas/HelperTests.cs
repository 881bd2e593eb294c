using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Functions that a text defines mean what their definitions say, written out in the place of each call.</summary>
public sealed class HelperTests
{
    [Theory]
    [InlineData("φ(x) = x / (1 + |x|); W = W - η φ(g)", "W = W - η (g / (1 + |g|))")]
    [InlineData("W = W - η φ(g); φ(x) = x / (1 + |x|)", "W = W - η (g / (1 + |g|))")]
    [InlineData("W = W - ηφ(g), where φ(x) = 2x", "W = W - η(2g)")]
    [InlineData("f(a, b) = a - μb; W = f(W, g)", "W = W - μg")]
    [InlineData("f(a) = 2 h(a); h(b) = b + μ; W = W - f(g)", "W = W - 2(g + μ)")]
    [InlineData("φ(x) = μ; W = W - φ(g) g", "W = W - μ g")]
    [InlineData("s(n) = 1 / n; W = W - s(t) g", "W = W - (1 / t) g")]
    [InlineData("clip(z, r) = max(min(z, r), -r); W = W - η clip(g, μ)", "W = W - η max(min(g, μ), -μ)")]
    [InlineData("φ(g) = 3g; W = W - η φ(v)", "W = W - η (3v)")]
    [InlineData("ψ_μ(x) = μ x; W = W - ψ_μ(g)", "W = W - μ g")]
    [InlineData(@"\phi(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}; W = W - \phi(g)", "W = W - (g > 0 ? g : 0)")]
    [InlineData("v = μv + g; φ(x) = x v; v = 2v; W = W - φ(g)", "v = μv + g; v = 2v; W = W - g v")]
    [InlineData("φ = lambda x: x / (1 + abs(x))\nW = W - η * φ(g)", "W = W - η (g / (1 + |g|))")]
    [InlineData("def squash(x):\n    return x / (1 + abs(x))\nW = W - η * squash(g)", "W = W - η (g / (1 + |g|))")]
    public void A_call_is_its_definition(string formulas, string written) =>
        Assert.Equal(Values(written), Values(formulas));

    /// <summary>An argument that is computed is computed once.</summary>
    [Fact]
    public void An_argument_is_one_value()
    {
        var model = Rule.Model(Rule.Source("φ(x) = x / (1 + x²); W = W - φ(ηg + v)", "v", "η"));
        Assert.Equal("x = ((η Multiply g) Add old:v)", ModelText.Of(model).Split('\n')[0]);
    }

    [Fact]
    public void One_that_nothing_calls_is_listed()
    {
        var compiled = FormulaCompiler.Compile(Rule.Source("φ(x) = 2x\nW = W - ηg", "", "η"), TestContext.Current.CancellationToken);
        Assert.Contains("'φ(x) = 2x'", compiled.Skipped!.Message, StringComparison.Ordinal);
    }

    /// <summary>Definitions that double at each call are refused before they fill memory.</summary>
    [Fact]
    public void Calls_have_a_budget()
    {
        var chain = string.Concat(Enumerable.Range(1, 14).Select(i => $"f_{i}(x) = f_{i - 1}(x) + f_{i - 1}(2x)\n"));
        var errors = FormulaCompiler.Compile(Rule.Source($"f_0(x) = x²\n{chain}W = W - f_14(g)"), TestContext.Current.CancellationToken).Errors;
        Assert.Contains(errors, error => error.Message.Contains("call one another too often", StringComparison.Ordinal));
    }

    /// <summary>What only repeats what it depends on is a value, and an objective is the caller's.</summary>
    [Theory]
    [InlineData("α(t) = η/√t; W = W - α(t) g", "α = η/√t; W = W - α g")]
    [InlineData("r(W, t) = η/√t; W = W - r(W, t) g", "r = η/√t; W = W - r g")]
    [InlineData("J(W) = ½ Σ_i (y_i - W x_i)²; W = W - η∇J(W)", "W = W - ηg")]
    public void Other_brackets_on_the_left_define_no_function(string formulas, string written) =>
        Assert.Equal(Values(written), Values(formulas));

    private static string Values(string formulas) => ModelIdentity.Of(Rule.Model(Rule.Source(formulas, "v", "η μ")));
}
