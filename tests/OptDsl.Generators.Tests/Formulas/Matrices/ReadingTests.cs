using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas.Matrices;

/// <summary>What reads one way to a paper and another to a program: an error with both readings, each of which compiles, or the reading that is right.</summary>
public sealed class ReadingTests
{
    private const string States = "L=I:rows×rows r:row m";

    [Theory]
    // Inner products.
    [InlineData("w - η(g - (w·g)w)", "(w·g)", "dot(w, g)", "(w ⊙ g)")]
    [InlineData("w - ηw(w·g)", "(w·g)", "dot(w, g)", "(w ⊙ g)")]
    [InlineData("w - η(g - (2w·g)·w)", "(2w·g)", "dot(2w, g)", "(2w ⊙ g)")]
    [InlineData("w - η(g - (w·g/‖w‖²) w)", "w·g", "dot(w, g)", "(w ⊙ g)")]
    [InlineData(@"w - η(g - \frac{w \cdot g}{\|w\|^2} w)", @"w \cdot g", "dot(w, g)", "(w ⊙ g)")]
    [InlineData(@"w - η(g - \frac{g \cdot w}{w \cdot w} w)", @"g \cdot w", "dot(g, w)", "(g ⊙ w)")]
    [InlineData("w - ηg(1 + g·m/(‖g‖‖m‖ + 1))", "g·m", "dot(g, m)", "(g ⊙ m)")]
    [InlineData(@"w - ηg/(1 + \sqrt{g \cdot g})", @"g \cdot g", "dot(g, g)", "(g ⊙ g)")]
    [InlineData("w - η(g - w w^T g)", "w w^T g", "w dot(w, g)", "w @ transpose(w) @ g")]
    [InlineData("w - η 1_n^T g", "1_n^T g", "sum(g)", "colsum(g)")]
    // Functions of square matrices.
    [InlineData("w - η√L g", "√L", "L^{1/2}", "L^{∘1/2}")]
    [InlineData("w - η sqrt(L) @ g", "sqrt(L)", "L^{1/2}", "L^{∘1/2}")]
    [InlineData("w - η torch.sqrt(L) @ g", "sqrt(L)", "L^{1/2}", "L^{∘1/2}")]
    [InlineData("w - η rsqrt(L + I) @ g", "rsqrt(L + I)", "(L + I)^{-1/2}", "(L + I)^{∘-1/2}")]
    [InlineData("w - η ∛L g", "∛L", "L^{1/3}", "L^{∘1/3}")]
    [InlineData("w - η pow(L, 1/2) g", "pow(L, 1/2)", "L^{1/2}", "L^{∘1/2}")]
    [InlineData("w - η square(L) g", "square(L)", "L^{2}", "L^{∘2}")]
    [InlineData("w - η (1/L) g", "1/L", "1·L^{-1}", "1·L^{∘-1}")]
    public void Both_readings_are_shown_and_each_compiles(string value, string at, string first, string second)
    {
        var source = Rule.Source("w = " + value, States, "η", parameter: "w");
        var error = Assert.Single(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors);
        Assert.Equal(FormulaErrorIds.AmbiguousProduct, error.Id);
        Assert.Equal(at, source.Formulas.Substring(error.Span.Start, error.Span.Length));
        Assert.Contains(first, error.Message);
        Assert.Contains(second, error.Message);
        Assert.Equal([first, second], error.Fixes.Cast<ReplaceFix>().Select(fix => fix.NewText));
        var models = error.Fixes.Cast<ReplaceFix>().Select(fix => Rule.Model(source with { Formulas = source.Formulas.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText) })).ToList();
        Assert.NotEqual(ModelIdentity.Of(models[0]), ModelIdentity.Of(models[1]));
    }

    [Theory]
    [InlineData("w - η(g·g)/(1 + m·m)")]
    [InlineData("w - (1-η)(g·g)")]
    [InlineData("w - η(g ⊙ m)w")]
    [InlineData("w - η(g * m) * w")]
    [InlineData("w - η(g·m > 0)g")]
    [InlineData("w - η·g·m/(1 + ‖w‖)")]
    [InlineData("w - η√(m·m + g·g)")]
    [InlineData("w - ηg/√(r + 1)")]
    [InlineData("w - η(L^{1/2} + L^{∘1/2}) @ g")]
    [InlineData("w - η(g @ transpose(g)) @ g")]
    public void What_has_one_reading_is_not_asked_about(string value) => Rule.Model(Rule.Source("w = " + value, States, "η", parameter: "w"));

    [Theory]
    [InlineData("L^{∘1/2}", "L^{1/2}")]
    [InlineData("L^{∘2}", "L²")]
    public void A_circle_takes_the_power_of_each_element(string ofElements, string ofMatrix)
    {
        Assert.Equal(4, Run($"L = 2I + 0 L; W = {(ofElements == "L^{∘2}" ? ofElements : "(L ⊙ L ⊙ L ⊙ L)^{∘1/2}")}[0] g".Replace("[0]", " @"), [1, 0]));
        Assert.NotEqual(ModelIdentity.Of(Model($"W = W - {ofElements} @ g")), ModelIdentity.Of(Model($"W = W - {ofMatrix} @ g")));
    }

    [Theory]
    [InlineData("for _ in range(steps):", "steps", "Max = 10")]
    [InlineData("repeat steps:", "steps", "Max = 10")]
    [InlineData("for _ in range(t):", "t", "changes from step to step")]
    [InlineData("for _ in range(g):", "g", "from tensor to tensor")]
    [InlineData("for k = 1 to 5 do", "for k = 1 to 5 do", "repeats a part of the step")]
    [InlineData("for k = 1, …, K:", "for k = 1, …, K", "repeats a part of the step")]
    public void A_repetition_whose_number_nobody_knows_is_refused(string head, string at, string message)
    {
        var source = Rule.Source($"X = g\n{head}\n    X = 1.5X - 0.5 X @ X.T @ X\nend\nW = W - ηX".Replace(head.EndsWith("do", StringComparison.Ordinal) || head.Contains('K') ? "\0" : "\nend", ""), "", "η steps");
        var error = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors[0];
        Assert.Equal(at, source.Formulas.Substring(error.Span.Start, error.Span.Length));
        Assert.Contains(message, error.Message);
        if (error.Fixes.OfType<ReplaceFix>().FirstOrDefault() is { } fix)
            Rule.Model(source with { Formulas = source.Formulas.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText) });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(2.9)]
    public void A_hyper_parameter_with_a_largest_value_says_how_often(double steps)
    {
        const string Text = "X = g\nfor _ in range(n):\n    Y = 2X\n    X = Y + 1\nW = W - X";
        var expected = 1.0;
        for (var time = 1; time <= steps; time++)
            expected = (2 * expected) + 1;
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(Rule.Of(Text, "", Rule.Hyper("n", 5, 0, 6)))), [0], [steps]);
        run.Step([1]);
        Assert.Equal(-expected, run.Parameter[0]);
    }

    [Fact]
    public void A_matrix_that_is_turned_for_good_is_refused()
    {
        var errors = FormulaCompiler.Compile(Rule.Source("X = g\nif rows(g) > columns(g):\n    X = X.T\nW = W - η X", "", "η"), TestContext.Current.CancellationToken).Errors;
        Assert.Contains("rows", Assert.Single(errors).Message);
    }

    [Theory]
    [InlineData("G = g; W = W - η(G' + W)", "columns×rows")]
    [InlineData("G = g; W = W - η(G ' + W)", "columns×rows")]
    [InlineData("W = W - ηg'", "not declared")]
    public void A_prime_turns_capitals_only(string formulas, string message) =>
        Assert.Contains(message, FormulaCompiler.Compile(Rule.Source(formulas, "", "η"), TestContext.Current.CancellationToken).Errors[0].Message);

    private static RuleModel Model(string formulas) => Rule.Model(Rule.Source(formulas, States));

    private static double Run(string formulas, double[] gradient)
    {
        var run = new RuleRun(RuleProgram.Compile(Model(formulas)), [0, 0], [], shape: Language.Formulas.TensorShape.Matrix(2, 1));
        run.Step(gradient);
        return run.Parameter[0];
    }
}
