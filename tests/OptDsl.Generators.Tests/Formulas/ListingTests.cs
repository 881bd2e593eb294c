using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Listings of algorithms as they are pasted: their words are left out with a note, and nothing that could be a formula is.</summary>
public sealed class ListingTests(ITestOutputHelper output)
{
    private const string Momentum = "m = ((β Multiply old:m) Add g)\nW = (old:W Subtract (η Multiply new:m))";

    [Theory]
    [InlineData("Algorithm 1: descent\nInput: rate η, decay β, start w_0\nInitialize m_0 = 0\nfor t = 1, 2, …, T do\n  m_t = β m_{t-1} + ∇f(w_{t-1})\n  w_t = w_{t-1} - η m_t\nend for\nreturn w_T", 6)]
    [InlineData("\\begin{algorithm}\n\\caption{Descent}\n\\begin{algorithmic}[1]\n\\Require $\\eta, \\beta \\in [0, 1)$\n\\State $m_0 \\gets 0$\n\\For{$t = 1$ to $T$}\n\\State $m_t \\gets \\beta m_{t-1} + g_t$ \\Comment{momentum}\n\\State $w_t \\gets w_{t-1} - \\eta m_t$\n\\EndFor\n\\State \\Return $w_T$\n\\end{algorithmic}\n\\end{algorithm}", 6)]
    [InlineData("\\begin{aligned}\n&\\rule{110mm}{0.4pt} \\\\\n&\\textbf{input} : \\eta \\text{ (rate)}, \\beta \\\\\n&\\textbf{for} \\: t=1 \\: \\textbf{to} \\: \\ldots \\: \\textbf{do} \\\\\n&\\hspace{5mm} m_t \\leftarrow \\beta m_{t-1} + g_t \\\\[1ex]\n&\\hspace{5mm} w_t \\leftarrow w_{t-1} - \\eta m_t \\\\\n&\\bf{return} \\: w_t\n\\end{aligned}", 3)]
    [InlineData("Momentum update:\n$$m_t = \\beta m_{t-1} + \\nabla_w J(w)$$\n$$w = w - \\eta m_t$$\nwhere $m_t$ is the velocity and $\\eta$ the rate.", 2)]
    [InlineData("1: Compute the momentum m ← βm + g\n2: Update: w ← w - ηm, where η is the rate\n3: t ← t + 1", 4)]
    [InlineData("- m = βm + g (first moment)\n- w = w - ηm (2)", 1)]
    public void Words_are_left_out_and_listed(string listing, int leftOut)
    {
        var source = Rule.Source(listing, "m", "η β", parameter: "w");
        var compiled = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken);

        Assert.True(compiled.Model is not null, string.Join("\n", compiled.Errors.Select(error => Rule.Show(source, error))));
        Assert.Equal(Momentum, ModelText.Of(compiled.Model));
        Assert.NotNull(compiled.Skipped);
        output.WriteLine(compiled.Skipped.Message);
        Assert.Equal("OPT111", compiled.Skipped.Id);
        Assert.Equal(leftOut, compiled.Skipped.Message.Split("', '").Length + (compiled.Skipped.Message.EndsWith("more", StringComparison.Ordinal) ? 1 : 0));
    }

    [Theory]
    [InlineData("m = βm + g\nw = w - ηm")]
    [InlineData("m = βm + g # momentum\nw = w - ηm // the step")]
    [InlineData("m = βm + g\nψ₉ = η rms(m)\nw = w - ψ₉ m")]
    [InlineData("m = βm + g\nψ_9 = η max(β, rms(m))\nw = w - ψ_9 m")]
    public void Formulas_and_comments_leave_nothing_out(string formulas) =>
        Assert.Null(FormulaCompiler.Compile(Rule.Source(formulas, "m", "η β", parameter: "w"), TestContext.Current.CancellationToken).Skipped);

    /// <summary>What could be a formula is read as one, and an error where it cannot be.</summary>
    [Theory]
    [InlineData("return -ηg")]
    [InlineData("w = w - η lrate grad")]
    [InlineData("m = βm + g; w = w - ηm; w - g")]
    [InlineData("Input: m = βm + ∇q(y)\nw = w - ηm")]
    [InlineData("for t = 1 to T do m = βm + zz\nw = w - ηm")]
    [InlineData("Initialize m = 1\nm = βm + g; w = w - ηm")]
    [InlineData("m_0 = g\nm = βm + g; w = w - ηm")]
    [InlineData("w = w - η momentum")]
    public void What_could_be_a_formula_is_never_left_out(string formulas)
    {
        var source = Rule.Source(formulas, "m", "η β", parameter: "w");
        var errors = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors;
        foreach (var error in errors)
            output.WriteLine(Rule.Show(source, error));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void The_definition_of_the_gradient_over_examples_is_left_out()
    {
        var source = Rule.Source("Compute gradient: \\hat{g} ← \\frac{1}{m} ∇_θ Σ_i L(f(x^{(i)}; θ), y^{(i)})\nθ ← θ - η\\hat{g}", "", "η", parameter: "θ", gradient: "ĝ");
        Assert.Equal("W = (old:W Subtract (η Multiply g))", ModelText.Of(Rule.Model(source)));
    }

    [Theory]
    [InlineData("x_i = x_i - η g_j", "one element per formula")]
    [InlineData("x_k = y_{k-1} - η∇f(y_{k-1})\ny_k = x_k", "another point")]
    [InlineData("x_k = x_{k-1} - η∇f(x_k)", "the new value")]
    [InlineData("x_k = x_{k-1} - η∇_y f(x)\ny = x_k", "another variable")]
    public void What_the_caller_cannot_give_is_refused(string formulas, string why)
    {
        var source = Rule.Source(formulas, "y", "η", parameter: "x", step: "k");
        var errors = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors;
        foreach (var error in errors)
            output.WriteLine($"{why}: {Rule.Show(source, error)}");
        Assert.NotEmpty(errors);
    }
}
