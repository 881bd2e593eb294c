using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Every kind of mistake, with the characters at which it is reported.</summary>
public sealed class ErrorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("W = W - η(g", "OPT101", "g")]
    [InlineData("W = W - ηg)", "OPT101", ")")]
    [InlineData("W = W - ", "OPT101", "-")]
    [InlineData("W - ηg", "OPT101", "W - ηg")]
    [InlineData("W = W - η*/g", "OPT101", "/")]
    [InlineData("W = W - ηg = 3", "OPT101", "=")]
    [InlineData("2W = W", "OPT101", "2W")]
    [InlineData("W = W - η@g", "OPT106", "η@g")]
    [InlineData(@"W = W - \etta g", "OPT101", @"\etta")]
    [InlineData("W = W - ∇f(W + μv)", "OPT101", "(W + μv)")]
    [InlineData("W == W - ηg", "OPT101", "==")]
    [InlineData("W = W - ηg // 2", "OPT101", "//")]
    [InlineData("W = W - ηg % 2", "OPT101", "%")]
    [InlineData("W = W - ηv^t", "OPT103", "v^t")]
    [InlineData("W = W - μ[2]g", "OPT103", "μ[2]")]
    [InlineData("W = W - μ^{(2)}g", "OPT103", "μ^{(2)}")]
    [InlineData("W = W - μ(t-1)g", "OPT103", "μ(t-1)")]
    [InlineData("W = W - ∇f(q)", "OPT101", "(q)")]
    [InlineData("W = W - ∇²f(W)", "OPT101", "∇")]
    [InlineData("W_t = W_{t-1} - η∇f(W_t)", "OPT101", "∇f(W_t)")]
    [InlineData("", "OPT101", "")]
    [InlineData("W = W - ηx", "OPT102", "x")]
    [InlineData("W = W - lrate·g", "OPT102", "lrate")]
    [InlineData("W = W - ω·g", "OPT102", "ω")]
    [InlineData("W = W - abcd", "OPT103", "abcd")]
    [InlineData("v = μv_t-1 + g; W = W - ηv", "OPT103", "v_t-1")]
    [InlineData("W = W - μ^{(t-1)}g", "OPT103", "μ^{(t-1)}")]
    [InlineData("W = W - μ^tg", "OPT103", "μ^tg")]
    [InlineData("W = W - sqr(g)", "OPT104", "sqr")]
    [InlineData("W = W - sqrt(g, g)", "OPT104", "sqrt(g, g)")]
    [InlineData("W = W - sqrt g", "OPT104", "sqrt")]
    [InlineData("W = W - max(g)", "OPT104", "max(g)")]
    [InlineData("W = W - g / μη", "OPT105", "g / μη")]
    [InlineData("W = W - g / 2η", "OPT105", "g / 2η")]
    [InlineData("W = W - g / (1-μ)η", "OPT105", "g / (1-μ)η")]
    [InlineData("W = W - 1/-μη", "OPT105", "1/-μη")]
    [InlineData("n = g; W = W - ηg", "OPT106", "g")]
    [InlineData("W = W - ‖η‖g", "OPT106", "η")]
    [InlineData("η = 2; W = W - ηg", "OPT107", "η")]
    [InlineData("t = 2; W = W - ηg", "OPT107", "t")]
    [InlineData("π = 3; W = W - ηg", "OPT107", "π")]
    [InlineData("W = W - ηm̂; m̂ = g", "OPT108", "m̂")]
    [InlineData("u_t = μ u_{t-1} + g; W = W - ηu", "OPT108", "u_{t-1}")]
    [InlineData("W = W - η(g_t - g_{t-1})", "OPT108", "g_{t-1}")]
    [InlineData("W = W - ηv_t; v_t = μv_{t-1} + u_t; u_t = v_t + g_t", "OPT108", "u_t")]
    [InlineData("v_t = μv_{t-2} + g; W = W - ηv", "OPT108", "v_{t-2}")]
    public void A_mistake_is_reported_at_its_characters(string formulas, string id, string at)
    {
        var source = Rule.Source(formulas, states: "v n:tensor", hypers: "η μ a ab b cd bcd");
        var error = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors.FirstOrDefault();

        Assert.NotNull(error);
        output.WriteLine(Rule.Show(source, error));
        foreach (var fix in error.Fixes)
            output.WriteLine($"    fix: {fix}");
        Assert.Equal((id, at), (error.Id, formulas.Substring(error.Span.Start, error.Span.Length)));
    }

    /// <summary>What people bring from other languages is one mistake with one message.</summary>
    [Theory]
    [InlineData(@"W = W - η \sum_i g_i^2", @"\sum", "the sum over a whole tensor is sum(x)")]
    [InlineData("W = W - η∑g", "∑", "the sum over a whole tensor is sum(x)")]
    [InlineData(@"W = W - η \arg\min_x g_x", @"\arg", "cannot minimise")]
    [InlineData("W = W - η * g.foo()", "g.foo", "write what it computes")]
    [InlineData("W = v.mul_(μ).add_(g) + v", "v", "write two statements")]
    [InlineData("W = W - sum(dim=1)", "sum(dim=1)", "stands first in its brackets")]
    [InlineData("W = W - η g^T v", "g^T v", "the inner product of two vectors")]
    [InlineData(@"W = W - η g^\top v", @"g^\top v", "the inner product of two vectors")]
    [InlineData(@"W = W - η^T g", "η^T", "a single number and has no transpose; if T is a number, declare it")]
    [InlineData("W = W - η g @ v", "η g @ v", "the columns of 'η g' meet the rows of 'v'")]
    [InlineData("return -ηg", "return", "formulas only assign")]
    [InlineData("W = W - ηgrad", "grad", "the gradient is 'g'")]
    [InlineData("W = W - η·gradient", "gradient", "the gradient is 'g'")]
    [InlineData("v = μv + g W = W - ηv", "=", "after ';'")]
    [InlineData(@"W_t = W_{t-1} - η \sum_{i=0}^{t} g_i", @"\sum", "is a state, declared with [State(\"s\")]")]
    [InlineData("W_t = W_{t-1} - η Σ_{i=0}^{t} g_i", "Σ", "is a state, declared with [State(\"s\")]")]
    [InlineData("W = W - η Π_i g", "Π", "starts from 1")]
    [InlineData("W = W - η¶q", "¶", "no meaning")]
    [InlineData("w = w - ηg", "w", "if 'w' is the parameter, say so in the attribute: Parameter = \"w\"")]
    [InlineData("θ -= η∇θ", "θ", "say so in the attribute: Parameter = \"θ\"")]
    [InlineData("m = μm + g; W = W - ηm", "m", "declare it as a state")]
    [InlineData(@"\theta_{t+1} = \theta_t - \eta \nabla f(\theta_t)", @"(\theta_t)", "it is the parameter: Parameter = \"θ\"")]
    [InlineData("m_t = μ m_{t-1} + g_t; W = W - ηm_t", "m_{t-1}", "declare it as a state")]
    public void Notation_from_elsewhere_is_one_error_that_says_what_to_write(string formulas, string at, string message)
    {
        var source = Rule.Source(formulas, states: "v", hypers: "η μ");
        var error = Assert.Single(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors);

        output.WriteLine(Rule.Show(source, error));
        Assert.Equal(at, formulas.Substring(error.Span.Start, error.Span.Length));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_without_meaning_are_reported_once_a_statement()
    {
        var errors = FormulaCompiler.Compile(Rule.Source("v = ¤¤g; v = v¶¶; W = W - η¤v", "v", "η"), TestContext.Current.CancellationToken).Errors;

        Assert.Equal([4, 14, 27], errors.Select(error => error.Span.Start));
    }

    [Fact]
    public void A_declared_T_is_an_exponent() =>
        Assert.Empty(FormulaCompiler.Compile(Rule.Source("W = W - μ^T g", hypers: "μ T"), TestContext.Current.CancellationToken).Errors);
}
