using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>
/// The kinds of notations that papers, textbooks and documentation print, each in a short text: it means what a plain formula means, or says
/// what to write.
/// </summary>
public sealed class NotationKindsTests(ITestOutputHelper output)
{
    /// <param name="Group">What was wrong with the kind: read wrongly without a word, refused, lacking, or worded poorly.</param>
    /// <param name="Name">The kind.</param>
    /// <param name="Roles">The declaration, as <see cref="PrintedRule.Roles"/>.</param>
    /// <param name="Text">The text.</param>
    /// <param name="Plain">The plain formulas that it must mean; null where it must be refused.</param>
    /// <param name="Advice">Words of the message where it must be refused.</param>
    private sealed record Kind(string Group, string Name, string Roles, string Text, string? Plain, string? Advice = null)
    {
        public OptDsl.Language.Formulas.RuleSource Source(string text) => new PrintedRule(Name, Roles, text, (s, w, g, t, h) => w).Source(text);
    }

    private const string Usual = "P=w S=v,m H=η:0.1,μ:0.9,c:1,ε:1e-8,β_1:0.9";

    private const string Silent = "read wrongly without a word";
    private const string Refused = "refused, though nothing new is meant";
    private const string Lacking = "what the language lacked";

    private static readonly Kind[] s_kinds =
    [
        new(Silent, "a time in brackets on the loss", Usual, @"v_t = μ v_{t-1} + ∇_w L^{(t)}; w_t = w_{t-1} - η v_t", "v = μv + g; w = w - ηv"),
        new(Silent, "a line that ends inside brackets", Usual, "v = max(c,\n ∣g∣, v)\nw = w - η v", "v = max(c, abs(g), v); w = w - ηv"),
        new(Silent, "times in square brackets", Usual, "v[t] = μ v[t-1] + g[t]; w[t] = w[t-1] - η v[t]", "v = μv + g; w = w - ηv"),
        new(Silent, "times in round brackets", Usual, "v(t) = μ v(t-1) + g(t); w(t) = w(t-1) - η v(t)", "v = μv + g; w = w - ηv"),
        new(Silent, "the step above", "P=w T=k S=v H=η:0.1", "w^{k+1} = w^k - η∇f(w^k)", "w = w - ηg"),
        new(Silent, "an average named by its expectation", "P=w S=E[g^2] H=η:0.1,γ:0.9", "E[g^2]_t = γE[g^2]_{t-1} + (1-γ)g_t^2; w = w - η g/√(E[g^2]_t)", "E[g^2] = γE[g^2] + (1-γ)g²; w = w - η g/√(E[g^2])"),
        new(Silent, "a gradient at another point", "P=x T=k H=η:0.1", "x_k = y_{k-1} - η∇f(y_{k-1})", null, "here it is taken at y"),
        new(Silent, "an index of two readings", Usual, "w = w - η β[2] g", null, "is not declared"),
        new(Silent, "an index of two readings, declared", "P=w H=η:0.1,β:0.9", "w = w - η β[2] g", null, "the name β_2 or the product β·2"),
        new(Silent, "a number in brackets above", "P=w H=η:0.1,β:0.9", "w = w - η β^{(2)} g", null, "the power β^2 or the name β_2"),
        new(Silent, "a sum over past steps", Usual, "w = w - η g/√(Σ_{i=0}^{t} g_i²)", null, "s = s + …"),
        new(Silent, "precomposed and combined accents", "P=w S=ŝ H=η:0.1", @"\hat{s} = \hat{s} + g; w = w - η ŝ", "s\u0302 = s\u0302 + g; w = w - η s\u0302"),
        new(Silent, "counting from 0", "P=w T=k F=0 H=η:0.1", "w = w - η g √(k+1)", "w = w - η g √(k+1)"),
        new(Silent, "the gradient of an earlier step", "P=w S=g_{t-1} H=η:0.1", "w_{t+1} = w_t - η (∂L_t/∂w_t - ∂L_{t-1}/∂w_{t-1})", "w_{t+1} = w_t - η (g_t - g_{t-1})"),
        new(Silent, "the gradient at the new value", "P=x T=k S=v H=η:0.1", "x^{k+1} = x^k - η v^k; v^{k+1} = ∇f(x^{k+1})", null, "is the gradient at its new value"),
        new(Silent, "a correction that is stored", Usual, "m_t = μ m_{t-1} + g_t; m_t = m_t/(1-μ^t); w_t = w_{t-1} - η m_t", null, "then it has a name of its own"),

        new(Refused, "rows that continue", Usual, "w = w\n - \\eta\n \\frac{g}{2}", "w = w - η (g/2)"),
        new(Refused, "a fraction over two rows", Usual, "w = w - \\eta \\frac{g}\n{2}", "w = w - η (g/2)"),
        new(Refused, "a comma and a wide space at the end of a row", Usual, "v = μv + g, \\qquad\nw = w - ηv", "v = μv + g; w = w - ηv"),
        new(Refused, "a difference as one name", "P=w S=Δw H=η:0.1,μ:0.9", "\\Delta w_t = μ \\Delta w_{t-1} - η g_t; w_{t+1} = w_t + \\Delta w_t", "Δw = μΔw - ηg; w = w + Δw"),
        new(Refused, "names with escaped lines, labels and stars", "P=w S=w^{max} H=learning\\_rate:0.1,\\alpha^*:0.5", "w^{max} = max(w^{max}, w); w = w - learning\\_rate \\alpha^* g", "w^{max} = max(w^{max}, w); w = w - learning_rate·α^*·g"),
        new(Refused, "what a name depends on in brackets", Usual, "r(w, t) = c/√t; w = w - r(w, t) g", "r = c/√t; w = w - r g"),
        new(Refused, "functions under other names", Usual, @"w = w - η \text{sgn}(g) \operatorname{maximum}(g, c)", "w = w - η sign(g) max(g, c)"),
        new(Refused, "the inner product of angles", Usual, @"w = w - η \langle w, g\rangle g", "w = w - η dot(w, g) g"),
        new(Refused, "a transpose", Usual, @"w = w - η w^\top g", null, "can mean the inner product of two vectors"),
        new(Refused, "typefaces and colours", Usual, @"\mathbf{w} = {\bf w} - \textcolor{red}{η} \mathcal{g}", "w = w - ηg"),
        new(Refused, "a coloured term", Usual, @"w = w - η g \color{blue}{- η c w}", "w = w - ηg - ηcw"),
        new(Refused, "numbers and arrows as programs write them", Usual, "w <- w - 1.*η*.5*g", "w = w - 1·η·0.5·g"),
        new(Refused, "other signs of assignment", Usual, @"v \coloneqq μv + g; w \triangleq w - ηv", "v = μv + g; w = w - ηv"),
        new(Refused, "cases with if and otherwise", Usual, @"w = \begin{cases} w - ηg & \text{if } g > 0 \\ w & \text{otherwise}\end{cases}", "w = g > 0 ? w - ηg : w"),
        new(Refused, "numbers of lines, tags, labels, rules, spaces", Usual, "1: v ← μv + g \\tag{3}\\label{a}\n2: w ← w - ηv \\\\[1ex] \\rule{1mm}{1mm}\\hspace{2mm}", "v = μv + g; w = w - ηv"),
        new(Refused, "a listing with its scaffolding", Usual, "\\textbf{input} w\n\\textbf{for} t = 1 \\textbf{to} T \\textbf{do}\n w ← w - ηg \\triangleright step\n\\textbf{return} w", "w = w - ηg"),
        new(Refused, "lines of NumPy", "P=x G=dx S=v H=lr:0.1,eps:1e-8", "x += -lr * dx / (np.sqrt(v**2) + eps)", "x = x + -lr·dx/(√(v²) + eps)"),
        new(Refused, "labels of braces", Usual, @"w = w - η \underbrace{g}_{\text{gradient}}", "w = w - ηg"),
        new(Refused, "upright times", Usual, @"v_{\mathrm{t}} = μ v_{\mathrm{t-1}} + g_{\mathrm{t}}; w_{\mathrm{t+1}} = w_{\mathrm{t}} - η v_{\mathrm{t}}", "v = μv + g; w = w - ηv"),
        new(Refused, "a derivative with straight letters", Usual, "w = w - η dL/dw", "w = w - ηg"),
        new(Refused, "new and old", Usual, @"w_{\text{new}} = w_{\text{old}} - η g", "w = w - ηg"),
        new(Refused, "bold words of Markdown", Usual, "**Velocity:** v = μv + g\n**Weights:** w = w - ηv", "v = μv + g; w = w - ηv"),
        new(Refused, "quotes of a docstring", Usual, "\"\"\"\nw = w - ηg\n\"\"\"", "w = w - ηg"),
        new(Refused, "comments of Fortran and C", Usual, "v = μv + g ! velocity\n/* step */ w = w - ηv", "v = μv + g; w = w - ηv"),
        new(Refused, "pointers", Usual, "*v = μ * *v + *g;\n*w -= η * (*v);", "v = μv + g; w = w - ηv"),
        new(Refused, "several names at once", Usual, "(m, v) = (μm + g, μv + g²)\nw = w - ηm/√v", "m = μm + g; v = μv + g²; w = w - ηm/√v"),
        new(Refused, "a chain of equal forms", Usual, "v_t &= c \\sum_i g_i\\\\ &= μ v_{t-1} + g_t\\\\ w_t &= w_{t-1} - η v_t", "v = μv + g; w = w - ηv"),
        new(Refused, "equations in another order than they are computed", Usual, "w_t = w_{t-1} - η v_t, v_t = μ v_{t-1} + g_t", "v = μv + g; w = w - ηv"),
        new(Refused, "a map over a tree", Usual, "v = jax.tree_util.tree_map(lambda a, b: μ * a + b, v, g)\nw = w - η v", "v = μv + g; w = w - ηv"),
        new(Refused, "lists of tensors", Usual, "torch._foreach_mul_(v, μ)\ntorch._foreach_add_(v, g)\ntorch._foreach_add_(w, v, alpha=-η)", "v = v·μ; v = v + g; w = w + -η·v"),
        new(Refused, "the sign x", Usual, "w = w - η x g", null, "a multiplication sign is written '×' or '*'"),

        new(Lacking, "a choice between statements", Usual, "if c > 0:\n    v = μv + g\nelse:\n    v = g\nw = w - ηv", "v = c > 0 ? μv + g : g; w = w - ηv"),
        new(Lacking, "the past of a gradient", "P=w S=g_{t-1} H=η:0.1", "w = w - η (g_t - g_{t-1})", "w = w - η (g_t - g_{t-1})"),
        new(Lacking, "the past, undeclared", Usual, "w = w - η (g_t - g_{t-1})", null, "declare [State(\"g_{t-1}\")]"),
        new(Lacking, "a function of one's own", Usual, "φ(x) = x / (1 + |x|)\nw = w - η φ(g)", "w = w - η g / (1 + |g|)"),
        new(Lacking, "statistics", Usual, @"w = w - η \frac{g - \operatorname{mean}(g)}{\operatorname{std}(g) + ε}", "w = w - η ((g - mean(g))/(std(g) + ε))"),
        new(Lacking, "any norm", Usual, @"w = w - η g/\|g\|_4", "w = w - η g / sqrt(sqrt(sum(g^4)))"),
        new(Lacking, "two times of a name", "P=w S=v H=η:0.1,μ:0.9,ψ:0.1", "a_t = μ (1 - 0.5^{tψ}); a_{t+1} = μ (1 - 0.5^{(t+1)ψ}); w = w - η a_t a_{t+1} g", "a = μ (1 - 0.5^{tψ}); b = μ (1 - 0.5^{(t+1)ψ}); w = w - η a b g"),
        new(Lacking, "a gradient ahead", Usual, "v = μv - η∇f(w + μv); w = w + v", null, "look ahead"),
        new(Lacking, "the Hessian", Usual, "w = w - η [∇^2 f(w)]^{-1} g", null, "first gradients only"),
        new(Lacking, "randomness", Usual, "w = w - ηg + ξ, ξ ∼ N(0, 1)", null, "add the noise to the gradient before the step"),
        new(Lacking, "a family of momenta", Usual, @"w = w - η \sum_{i=1}^{K} v_i", null, "several values are added as they are declared"),
    ];

    [Fact]
    public void The_table_of_kinds()
    {
        var rows = s_kinds.Select(kind => (kind, Outcome: OutcomeOf(kind))).ToList();
        foreach (var (kind, outcome) in rows)
            output.WriteLine($"{kind.Group,-40} {kind.Name,-55} {outcome}");
        foreach (var group in rows.GroupBy(row => row.kind.Group))
            output.WriteLine($"{group.Key,-40} {group.Count()} kinds: {group.Count(row => row.Outcome == "right")} right, {group.Count(row => row.Outcome == "advice")} refused with what to write");
        Assert.Empty(rows.Where(row => row.Outcome.StartsWith("WRONG", StringComparison.Ordinal)).Select(row => $"{row.kind.Name}: {row.Outcome}"));
    }

    private static string OutcomeOf(Kind kind)
    {
        var source = kind.Source(kind.Text);
        var compiled = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken);
        if (compiled.Model is null)
        {
            var said = string.Join("  ", compiled.Errors.Select(error => Rule.Show(source, error)));
            return kind.Plain is null && said.Contains(kind.Advice!, StringComparison.Ordinal) ? "advice" : "WRONG: refused with " + said;
        }

        if (kind.Plain is null)
            return "WRONG: compiled as " + ModelText.Of(compiled.Model);
        var (text, plain) = (Run(kind, kind.Text), Run(kind, kind.Plain));
        var isSame = text.Zip(plain, (a, b) => Math.Abs(a - b) <= 1e-12 * (1 + Math.Abs(b)) || (double.IsNaN(a) && double.IsNaN(b))).All(same => same);
        return isSame ? "right" : $"WRONG: {ModelText.Of(compiled.Model)}";
    }

    /// <summary>The parameter after each of a few steps.</summary>
    private static double[] Run(Kind kind, string text)
    {
        double[][] gradients = [[0.3, -0.1, 2], [1, 0.2, -0.7], [-0.2, 0.4, 1e-3], [0.5, -0.6, 0.1]];
        var source = kind.Source(text);
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(source)), [1.0, -2.0, 0.5], [.. source.Hypers.Select(hyper => hyper.Default!.Value)]);
        return [.. gradients.SelectMany(gradient =>
        {
            run.Step(gradient);
            return run.Parameter.ToArray();
        })];
    }
}
