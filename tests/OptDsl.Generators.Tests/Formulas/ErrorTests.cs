using OptDsl.Generators.Formulas;

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
    [InlineData("W = W - η@g", "OPT101", "@")]
    [InlineData(@"W = W - \etta g", "OPT101", @"\etta")]
    [InlineData("W = W - ∇f(W + μv)", "OPT101", "(W +")]
    [InlineData("W == W - ηg", "OPT101", "==")]
    [InlineData("W = W - ηg // descend", "OPT101", "//")]
    [InlineData("W = \\begin{cases} g & t > 1 \\end{cases}", "OPT101", "\\begin{cases}")]
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
    [InlineData("W = W - ηv_t; v_t = μv_{t-1} + g_t", "OPT108", "v_t")]
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
}
