using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Choices between statements, in every way in which they are written, are choices between values.</summary>
public sealed class ChoiceTests(ITestOutputHelper output)
{
    private const string Chosen = "u = t > 1 ? g + v : g\nW = W - ηu";

    [Theory]
    [InlineData("if t > 1:\n    u = g + v\nelse:\n    u = g\nW = W - ηu")]
    [InlineData("if t > 1:\n  u = g\n    + v\nelse:\n  u = g\n\nW = W - ηu")]
    [InlineData("if t > 1: u = g + v\nelse: u = g\nW = W - ηu")]
    [InlineData("if t > 1: u = g + v else: u = g\nW = W - ηu")]
    [InlineData("if (t > 1) { u = g + v } else { u = g }\nW = W - ηu")]
    [InlineData("if t > 1 {\nu = g + v;\n}\nelse\n{\nu = g\n}\nW = W - ηu")]
    [InlineData("if t > 1 then u = g + v else u = g\nW = W - ηu")]
    [InlineData("if t > 1 then\n  u = g + v\nelse\n  u = g\nend if\nW = W - ηu")]
    [InlineData("if t > 1\nu = g + v\nelse\nu = g\nend\nW = W - ηu")]
    [InlineData("if t > 1 # late\n  # the sum\n  u = g + v\nelse:\n  u = g\nW = W - ηu")]
    [InlineData("u = g + v if t > 1 else g\nW = W - ηu")]
    [InlineData("u = t > 1\n  ? g + v\n  : g\nW = W - ηu")]
    [InlineData(@"\textbf{if } t > 1 \textbf{ then}" + "\n" + @"\quad u = g + v" + "\n" + @"\textbf{else}" + "\n" + @"\quad u = g" + "\n" + @"\textbf{end if}" + "\n" + @"W = W - \eta u")]
    [InlineData(@"&\hspace{5mm}\textbf{if} \: t > 1 \\" + "\n" + @"&\hspace{10mm} u \leftarrow g + v \\" + "\n" + @"&\hspace{5mm}\textbf{else} \\" + "\n" + @"&\hspace{10mm} u \leftarrow g \\" + "\n" + @"&\hspace{5mm} W \leftarrow W - \eta u")]
    [InlineData(@"\If{$t > 1$}" + "\n" + @"u = g + v" + "\n" + @"\Else" + "\n" + @"u = g" + "\n" + @"\EndIf" + "\n" + @"W = W - \eta u")]
    [InlineData(@"\eIf{$t > 1$}{u = g + v}{u = g}" + "\n" + @"W = W - \eta u")]
    [InlineData(@"u = \begin{cases} g + v & \text{if } t > 1 \\ g & \text{otherwise} \end{cases}" + "\n" + @"W = W - \eta u")]
    [InlineData(@"u = \begin{cases} g + v, & \text{if $t > 1$,} \\ g, & \text{else} \end{cases}" + "\n" + @"W = W - \eta u")]
    [InlineData("u = \\begin{dcases}\n  g + v & t > 1 \\\\[1ex]\n  g\n\\end{dcases}\n" + @"W = W - \eta u")]
    [InlineData(@"u = \begin{cases} g + v & \text{for } t > 1 \\ g & \text{for } t \le 1 \end{cases}" + "\n" + @"W = W - \eta u")]
    [InlineData(@"u = \left\{ \begin{array}{ll} g + v & \mbox{if } t > 1 \\ g & \mbox{otherwise} \end{array} \right." + "\n" + @"W = W - \eta u")]
    [InlineData("u = g\nif t > 1:\n    u += v\nW = W - ηu", "u = g\nu = t > 1 ? u + v : u\nW = W - ηu")]
    [InlineData("if t = 1: u = g\nelse: u = v\nW = W - ηu", "u = t == 1 ? g : v\nW = W - ηu")]
    [InlineData("if t > 1: v = g; u = v\nelse:\n  u = g\nW = W - ηu", "x = g\nu = t > 1 ? x : g\nv = t > 1 ? x : v\nW = W - ηu", true)]
    public void Every_way_to_write_a_choice_means_the_same(string formulas, string same = Chosen, bool orderOnly = false)
    {
        var model = Rule.Model(Source(formulas));
        if (!orderOnly)
            Assert.Equal(ModelText.Of(Rule.Model(Source(same))), ModelText.Of(model));
        foreach (var style in new[] { NotationStyle.Unicode, NotationStyle.Latex })
        {
            var written = string.Join("\n", model.WriteFormulas(style));
            output.WriteLine(written);
            Assert.Equal(ModelText.Of(model), ModelText.Of(Rule.Model(Source(written))));
            Assert.Equal(ModelText.Of(model), ModelText.Of(Rule.Model(Source(NotationRewriter.Rewrite(model, style)))));
        }
    }

    [Theory]
    [InlineData("if p:\n  v = μv + g\n  if q:\n    u = g + μv\n  else:\n    u = v\nelse:\n  u = g\nW = W - ηu", "u = p ? (q ? g + μ(μv + g) : μv + g) : g\nv = p ? μv + g : v\nW = W - ηu")]
    [InlineData("if t < 3:\n  u = g\nelif t < 5:\n  u = 2g\nelse:\n  u = 3g\nW = W - ηu", "u = t < 3 ? g : t < 5 ? 2g : 3g\nW = W - ηu")]
    [InlineData("if λ ≠ 0: g = g + λW\nv = μv + g\nW = W - ηv", "h = λ ≠ 0 ? g + λW : g\nv = μv + h\nW = W - ηv")]
    [InlineData("if g > 0:\n  v = g\nelif g < 0:\n  v = -2g\n  W = W - v\nW = W - ηv", "v' = g > 0 ? g : g < 0 ? -2g : v\nW' = g > 0 ? W : g < 0 ? W + 2g : W\nv = v'\nW = W' - ηv")]
    [InlineData("if p { v = 0 }\nv = μv + g; W = W - ηv", "v = (p ? 0 : v)μ + g\nW = W - ηv")]
    [InlineData("if not p: if q: W = 2W else: W = 3W\nW = W - ηg", "W = (not p ? (q ? 2W : 3W) : W) - ηg")]
    [InlineData("if p:\n  a = g\n  a = 2a\nelse:\n  a = g + 1\nW = W - ηa", "W = W - η(p ? 2g : g + 1)")]
    [InlineData("if p:\n  if q:\n    u = 1\n  else:\n    u = 2\nelse:\n  u = 3\nW = W - u", "W = W - (p ? (q ? 1 : 2) : 3)")]
    public void Both_sides_assign_what_they_like(string formulas, string same)
    {
        RuleSource Declared(string text) => Rule.Of(
            text, "v", Rule.Hyper("η", 0.1), Rule.Hyper("μ", 0.9), Rule.Hyper("λ", 0.01), Rule.Flag("p", true), Rule.Flag("q", false));
        foreach (var (p, q) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            var (first, second) = (Run(Declared(formulas)), Run(Declared(same)));
            for (var i = 0; i < first.Length; i++)
                Assert.Equal(second[i], first[i], 1e-12);

            double[] Run(RuleSource source)
            {
                var run = new Language.Formulas.Evaluation.RuleRun(
                    Language.Formulas.Evaluation.RuleProgram.Compile(Rule.Model(source)), [1, -2, 0.5], [0.1, 0.9, 0.01, p, q]);
                for (var step = 1; step <= 6; step++)
                    run.Step([0.5, -0.25 * step, step - 3]);
                return [.. run.Parameter, .. run.State(0)];
            }
        }
    }

    [Theory]
    [InlineData("if t > 1: u = g\nW = W - ηu", "OPT108", "u", "'u' has a value only where 't > 1' holds; assign it in the 'else' branch as well, or before the 'if'")]
    [InlineData("if t > 1: v = g\nelse: u = g\nW = W - ηu", "OPT108", "u", "'u' has a value only where 't > 1' does not hold; assign it in the 'if' branch as well, or before the 'if'")]
    [InlineData("if t > 1:\nW = W - ηg", "OPT101", "if", "nothing is chosen or repeated here; write the statements below it, indented, or in braces")]
    [InlineData("if :\n  W = W - ηg", "OPT101", "if", "this choice has no condition; write 'if condition:', as in 'if t > 1:'")]
    [InlineData("W = W - ηg\nelse:\n  W = 2W", "OPT101", "else", "this 'else' belongs to no 'if'; a choice is written 'if condition:', its statements indented below, then 'else:' under the 'if'")]
    [InlineData("W = W - ηg\nend if", "OPT101", "end if", "this 'end if' belongs to no 'if'")]
    [InlineData("if t > 1 { W = W - ηg", "OPT101", "{", "this '{' is never closed; write '}' behind the last statement of the choice")]
    [InlineData("W = W - η(g if t > 1)", "OPT101", "if t > 1", "this says nothing for where the condition does not hold; write 'a if c else b', or 'c ? a : b'")]
    [InlineData("if x > 1:\n  W = W - ηg", "OPT102", "x", "'x' is not declared; add a [Hyper] property or a [State] for it")]
    [InlineData(@"W = \begin{cases} g & t > 1 \end{cases}", "OPT101", @"\begin{cases} g & t > 1 \end{cases}", @"these cases leave out where no condition holds; give the last row no condition, or '\text{otherwise}'")]
    [InlineData(@"W = \begin{cases} g & t > 1 \\ W & t > 2 \end{cases}", "OPT101", @"\begin{cases} g & t > 1 \\ W & t > 2 \end{cases}", @"these cases leave out where no condition holds; give the last row no condition, or '\text{otherwise}'")]
    [InlineData(@"W = \begin{cases} g \\ W & t > 1 \end{cases}", "OPT101", "g", "this case holds everywhere, and others follow; only the last can do without a condition")]
    [InlineData(@"W = \begin{cases} g \\ W \end{cases}", "OPT101", "g", "this case holds everywhere, and others follow; only the last can do without a condition")]
    [InlineData(@"W = \begin{cases} g & t > 1", "OPT101", @"\begin{cases}", @"these cases have no end; write \end{cases}")]
    [InlineData("if g > 1:\n  n = 1\nW = W - ηg", "OPT106", "g > 1", "'n' holds one value a tensor, and this has one an element; reduce it with sum, mean or norm")]
    public void What_is_wrong_with_a_choice_is_said(string formulas, string id, string at, string message)
    {
        var source = Source(formulas);
        var error = Assert.Single(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors);
        Assert.Equal((id, at, message), (error.Id, formulas.Substring(error.Span.Start, error.Span.Length), error.Message));
        foreach (var fix in error.Fixes.OfType<Language.Formulas.Diagnostics.ReplaceFix>())
        {
            var mended = formulas.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText);
            Assert.Empty(FormulaCompiler.Compile(Source(mended), TestContext.Current.CancellationToken).Errors);
        }
    }

    [Fact]
    public void Rows_of_cases_that_are_all_there_is_need_no_otherwise()
    {
        var model = Rule.Model(Source(@"u = \begin{cases} 2v & \text{if } g v > 0 \\ v & \text{if } g v = 0 \\ -v & \text{if } 0 > g v \end{cases}; W = W - \eta u"));
        Assert.Equal(ModelText.Of(Rule.Model(Source("u = gv > 0 ? 2v : gv == 0 ? v : -v\nW = W - ηu"))), ModelText.Of(model));
    }

    [Fact]
    public void A_state_that_an_option_adds_is_assigned_inside_the_option()
    {
        const string Formulas = "if μ ≠ 0:\n    b = μb + g\n    if nesterov: g = g + μb\n    else: g = b\nW = W - ηg";
        var source = Rule.Of(Formulas, "b", Rule.Hyper("η", 0.1), Rule.Hyper("μ", 0.9), Rule.Flag("nesterov", true)).When("b", "μ ≠ 0");
        Rule.Model(source);
        using var code = CompiledCode.Load(RuleCode.Of(source, "Optional"));
        KernelAgreement.Verify<float>(source, code.Create("Optional"), 37, 4, 1);
    }

    [Theory]
    [InlineData("if t > 2:\n    v = μv + g\n    u = v\nelse:\n    u = g\n    v = 0\nW = W - ηu")]
    [InlineData("if ‖g‖ > 1:\n    g = g/‖g‖\n    n = n + 1\nelif n > 2: n = 0\nv = μv + g\nW = W - η v/(1 + n)")]
    [InlineData("if g v > 0:\n    v = v + 0.1|g|; W = W - v sign(g)\nelif g v < 0:\n    v = max(v - 1, 0)\nelse:\n    W = W - ηg")]
    public void Kernels_compute_what_the_interpreter_does(string formulas)
    {
        var source = Rule.Of(formulas, "v n:tensor", Rule.Hyper("η", 0.1), Rule.Hyper("μ", 0.9));
        using var code = CompiledCode.Load(RuleCode.Of(source, "Chosen"));
        KernelAgreement.Verify<float>(source, code.Create("Chosen"), 37, 5, 1);
        KernelAgreement.Verify<double>(source, code.Create("Chosen"), 1037, 5, 2);
    }

    [Fact]
    public void A_step_that_takes_one_side_makes_the_passes_of_that_side()
    {
        var source = Rule.Of("if clip:\n    g = g min(1, 1/‖g‖)\nW = W - ηg", "", Rule.Hyper("η", 0.1), Rule.Flag("clip", false));
        using var code = CompiledCode.Load(RuleCode.Of(source, "Clipped"));
        var passes = ((IUpdateRule)code.Create("Clipped")).Description.Passes;
        Assert.Equal(["clip", ""], passes.Select(pass => pass.When));
    }

    private static RuleSource Source(string formulas) => Rule.Source(formulas, "v n:tensor", "η μ");
}
