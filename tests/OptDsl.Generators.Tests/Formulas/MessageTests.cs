using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Messages as somebody reads them who has just pasted a page: each says what to write, and with that it is gone.</summary>
public sealed class MessageTests(ITestOutputHelper output)
{
    private sealed record Advice(string Wrong, string Message, string Right)
    {
        public string States { get; init; } = "v m";

        public string Hypers { get; init; } = "η μ λ β_1";

        public string Parameter { get; init; } = "W";

        public string Step { get; init; } = "t";

        /// <summary>The parameter that the message says to declare.</summary>
        public string? OtherParameter { get; init; }

        /// <summary>The step that the message says to declare.</summary>
        public string? OtherStep { get; init; }

        public string? AddedState { get; init; }

        public string? AddedHyper { get; init; }
    }

    private static readonly Advice[] s_advice =
    [
        // names
        new("W = W - ηλw", "did you mean 'W'?", "W = W - ηλW"),
        new("W = W - ηg", "'eta' is, which is the letter's name; write one of the two", "W = W - eta g") { Hypers = "eta" },
        new("W = W - LearningRate g", "formulas call the property LearningRate by its symbol 'η'", "W = W - η g"),
        new("W = W - η grad", "the gradient is 'g'", "W = W - η g"),
        new("W = W - η dW", "the gradient is 'g'", "W = W - η g"),
        new("W = W - η mt", "can mean the value m_t, if a subscript was lost in copying, or the product m·t", "W = W - η m_t"),
        new("W = W - η \\hat{m}", "add a [Hyper] property or a [State]", "\\hat{m} = m / μ; W = W - η \\hat{m}"),
        new("W = W - β_2 g", "add a [Hyper] property or a [State]", "W = W - β_2 g") { AddedHyper = "β_2" },
        new("W = W - η E[g^2]", "'E[g^2]' is not declared", "W = W - η E[g^2]") { AddedState = "E[g^2]" },
        new("θ = θ - ηg", "Parameter = \"θ\"", "θ = θ - ηg") { OtherParameter = "θ" },
        new("W_{k+1} = W_k - ηg_k", "if k counts the steps, say so in the attribute: Step = \"k\"", "W_{k+1} = W_k - ηg_k") { OtherStep = "k" },
        new("u = μu + g; W = W - ηu", "declare it as a state", "u = μu + g; W = W - ηu") { AddedState = "u" },
        // left sides
        new("xt+1 = W - ηg; W = x", "if its subscript was lost in copying, write x_{t+1}", "x_{t+1} = W - ηg; W = x"),
        new("v t = μ v t − 1 + g t; W = W - ηv", "if subscripts were lost in copying, write v_{t}, and the others alike", "v_t = μ v_{t−1} + g_t; W = W - ηv"),
        new("v, m = g; W = W - ηv", "assign one name after the other", "v = g; m = g; W = W - ηv"),
        new("v, m = m, μv + g; W = W - ηv", "write one assignment after the other", "u = v; v = m; m = μu + g; W = W - ηv"),
        new("W^2 = W^2 - ηg", "this assigns a square, and the parameter is 'W' itself; write its value, W = √(…)", "W = √(W^2 - ηg)"),
        new("v_t = μv_{t-1} + g_t; W_t = W_{t-1} - ηv_t (Polyak)\nW_t = W_{t-1} - η(g_t + μv_t) (Nesterov)", "these are two methods, or two forms of one; leave one of them out", "v_t = μv_{t-1} + g_t; W_t = W_{t-1} - η(g_t + μv_t) (Nesterov)"),
        new("v = μv + g, or alternatively v = μv - ηg; W = W - ηv", "run one after the other they are two updates; leave one of them out", "v = μv + g; W = W - ηv"),
        new("W = W - η {g + v} μ\\quad", "can be meant as brackets, or as it is printed, without; write which", "W = W - η (g + v) μ"),
        new("m_t = μm_{t-1} + g_t; m_t = m_t/(1-μ^t); W = W - ηm_t", "then it has a name of its own, as in 'm̂ = m_t/(1-μ^t)'", "m = μm + g; m̂ = m/(1-μ^t); W = W - ηm̂"),
        new("m_t = μm_{t-1} + g_t; m_t = m_t/(1-μ^t); W = W - ηm_t", "both are one statement, 'm_t = (…) / (1-μ^t)'", "m = (μm + g) / (1-μ^t); W = W - ηm"),
        new("W = W - η clip(g, 1)", "keeps a value between two bounds to some papers, clip(g, -1, 1), and above one to programs, max(g, 1)", "W = W - η clip(g, -1, 1)"),
        new("W = W - η g; v = ∇f(W)", "stands behind the assignment of 'W', and is the gradient at its new value", "v = ∇f(W); W = W - η g"),
        new("W = W - η x g", "a multiplication sign is written '×' or '*'", "W = W - η × g"),
        new("W = W - ηg/(√v + 1.0d-8)", "a number with a power of ten is written 1e-8", "W = W - ηg/(√v + 1.0e-8)"),
        new("W = W - η grads", "the gradient is 'g'", "W = W - η g"),
        new("W = W - η dW_ahead", "rules that look ahead have a form in which that point is the parameter", "v = μv - ηg; W = W + μv - ηg"),
        new("∇f = g; W = W - ηg", "formulas call it 'g'", "W = W - ηg"),
        new("2W = W - ηg", "bring everything else to the right side", "W = (W - ηg)/2"),
        new("η = 0.1; W = W - ηg", "set its property to the value, and leave the statement out", "W = W - ηg"),
        new("t = 3t; W = W - ηg", "the optimizer counts it; leave the statement out", "W = W - ηg"),
        new("W - ηg → W", "a value is assigned with '=' or '←'", "W ← W - ηg"),
        new("v_t = (1-μ)(∇f(W_t, ξ_t) - ∇f(W_{t-1}, ξ_t)); W_{t+1} = W_t - ηv_t", "with the data of this step, which the caller does not compute", "v_t = (1-μ)(∇f(W_t, ξ_t) - m); m = g; W_{t+1} = W_t - ηv_t"),
        new("W = W - η E_x[∇f(W)]", "leave the expectation out, and write 'g'", "W = W - η g"),
        new("W = W - η g + N(0, 1)", "add the noise to the gradient before the step", "W = W - η g"),
        new("W = prox_{μ}(W - η g)", "write what it computes of each element", "W = sign(W - η g) max(|W - η g| - μ, 0)"),
        new("W == W - ηg", "to assign, write '='", "W = W - ηg"),
        new("W - ηg", "write the name and '=' before it", "W = W - ηg"),
        // signs and words
        new("W = W - ηg, v", "put words behind '#'", "W = W - ηg # v"),
        new("W = W - ηg ∈ v", "leave it out, or put it behind '#'", "W = W - ηg # ∈ v"),
        new("W = W - η \\text{weight decay} g", "write the symbol that it stands for", "W = W - ηλg"),
        new("W = W - η g \\foo", "leave it out", "W = W - η g"),
        new("W = W - ", "write what is computed here", "W = W - ηg"),
        new("W = W - η(g", "expected ')'", "W = W - η(g)"),
        new("W = W - ηg)", "closes nothing", "W = W - ηg"),
        new("return -ηg", "assign it to a name or leave the line out", "W = W - ηg"),
        new("W = W - η g % 2", "'%' can start a comment", "W = W - η g # 2"),
        // two readings
        new("W = W - g / ημ", "write which", "W = W - g / (ημ)"),
        new("W = W - μ^{(2)} g", "the power μ^2 or the name μ_2", "W = W - μ^{2} g"),
        new("W = W - μ[2] g", "the name μ_2 or the product μ·2", "W = W - μ·2 g"),
        new("W = W - η(t-1)g", "write which", "W = W - η·(t-1)g"),
        new("W = W - ηv^t", "the value of v at t or v to the power t", "W = W - ηv_{t}"),
        new("v_t = μv_t-1 + g; W = W - ηv", "write which", "v_t = μv_{t-1} + g; W = W - ηv"),
        // functions
        new("W = W - η \\max_i |g_i|", "maxabs(x)", "W = W - η maxabs(g)"),
        new("W = W - η \\log_3(g)", "log(x) / log(3)", "W = W - η log(g) / log(3)"),
        new("W = W - η max(g)", "maxabs(x)", "W = W - η maxabs(g)"),
        new("W = W - η g^\\top W", "the inner product of two vectors", "W = W - η dot(g, W)"),
        new("W = W - η g^T W", "the inner product of two vectors", "W = W - η dot(g, W)"),
        new("W = W - η Σ_{i=0}^{t} g_i", "written s = s + …", "s = s + g; W = W - η s") { States = "s" },
        new("W = W - η \\sum_i g_i", "the sum over a whole tensor is sum(x)", "W = W - η sum(g)"),
        new("W = \\Pi_X(W - ηg)", "clip(x, low, high)", "W = clip(W - ηg, -1, 1)"),
        new("W = W - η·g.std()", "divides by the number of elements in NumPy", "W = W - η·std(g)"),
        new("W = W - η·g.foo()", "write what it computes", "W = W - η·abs(g)"),
        new("W = W - η·g.shape", "is a member of a program's object", "W = W - η·count(g)"),
        new("W = W - η sqroot(g)", "there is no function 'sqroot'", "W = W - η sqrt(g)"),
        // functions of the text
        new("W = W - η φ(g)", "define it in a line of its own: φ(x) = …", "W = W - η φ(g); φ(x) = x / (1 + |x|)"),
        new("W = W - η squash(g)", "is defined in a line of its own: squash(x) = …", "W = W - η squash(g); squash(x) = x / (1 + |x|)"),
        new("W = W - η φ; φ(x) = 2x", "write its argument in parentheses", "W = W - η φ(g); φ(x) = 2x"),
        new("W = W - η φ(g, v); φ(x) = 2x", "takes 1 argument, as 'φ(x)' says, not 2", "W = W - η φ(g); φ(x) = 2x"),
        new("W = W - η φ(g); φ(x) = φ(x/2)", "is defined by itself", "W = W - η φ(g); φ(x) = x/2"),
        new("W = W - η φ(g); φ(x) = 2x; φ(y) = 3y", "is defined twice", "W = W - η φ(g); φ(x) = 2x; ψ(y) = 3y"),
        new("if t > 1:\n  φ(x) = 2x\nW = W - η φ(g)", "define it outside of the choice", "φ(x) = 2x\nW = W - η φ(g)"),
        // what formulas cannot have
        new("W = W - ηg + ξ, ξ ∼ N(0, 1)", "add the noise to the gradient before the step", "W = W - ηg"),
        new("Sample ξ ∼ N(0, 1)\nW = W - η(g + ξ)", "add the noise to the gradient before the step", "W = W - ηg"),
        new("W = W - η(g + randn(g))", "add the noise to the gradient before the step", "W = W - ηg"),
        new("W = W - η dropout(g, 0.1)", "leave it out here", "W = W - η g"),
        new("W = W - (f(W) - μ) g / ‖g‖²", "declare a hyper-parameter [Hyper(\"f\")] whose property is set to it before each step", "W = W - (f - μ) g / ‖g‖²") { AddedHyper = "f" },
        new("W = W - η median(g)", "what a tensor is like is told by mean(x), rms(x), std(x) and maxabs(x)", "W = W - η mean(g)"),
        new("W = W - η Σ_{i=1}^{K} v_i", "several values are added as they are declared, each by its name", "W = W - η (v_1 + v_2)") { States = "v_1 v_2" },
        new("W = W - η \\overline{g}", "can mean the mean of g over the tensor, mean(g), or an average that is kept", "W = W - η mean(g)"),
        new("W = W - η ḡ", "can mean the mean of g over the tensor", "W = W - η ḡ") { AddedState = "ḡ" },
        new("W = W - η ‖g‖_{op}", "those over all elements are", "W = W - η ‖g‖_2"),
        new("W = W - η (g)_-", "write which", "W = W - η min(g, 0)"),
        new("v = 0; v = μv + g; W = W - ηv", "leave the line out for the first", "v = μv + g; W = W - ηv"),
        new("v['a'] = g; m = v['b']; W = W - ηm", "write the lines of one", "v = g; m = v; W = W - ηm"),
        new("W = W - η torch.norm(g, dim=2)", "over a whole tensor, for each row", "W = W - η torch.norm(g)"),
        // the gradient
        new("W = W - η∇f(z)", "here it is taken at z", "W = W - η∇f(W)"),
        new("W = W - η∇²f(W)", "the caller computes first gradients only", "W = W - η∇f(W)"),
        new("W_t = W_{t-1} - η∇f(W_t)", "at the value before, W_{t-1}", "W_t = W_{t-1} - η∇f(W_{t-1})"),
        new("W = W - η ∂L/∂x", "Parameter = \"x\"", "x = x - η ∂L/∂x") { OtherParameter = "x" },
        new("m_0 = 1; m = μm + g; W = W - ηm", "write it there, [State(\"m\", Initial = \"…\")]", "m = μm + g; W = W - ηm"),
        new("W_i = W_i - η g_j", "an element sees no other", "W_i = W_i - η g_i"),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, s_advice.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Following_the_advice_of_a_message_makes_it_go(int row)
    {
        var advice = s_advice[row];
        var source = Rule.Source(advice.Wrong, advice.States, advice.Hypers, advice.Parameter, step: advice.Step);
        source = source with { Hypers = new([.. source.Hypers.Select(hyper => hyper.Symbol == "η" ? hyper with { Property = "LearningRate" } : hyper)]) };
        var errors = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors;

        foreach (var error in errors)
            output.WriteLine($"{advice.Wrong}    {Rule.Show(source, error)}");
        Assert.Contains(errors, error => error.Message.Contains(advice.Message, StringComparison.Ordinal));
        var mended = Rule.Source(
            advice.Right, $"{advice.States} {advice.AddedState}", $"{advice.Hypers} {advice.AddedHyper}", advice.OtherParameter ?? advice.Parameter, step: advice.OtherStep ?? advice.Step);
        Assert.Empty(FormulaCompiler.Compile(mended, TestContext.Current.CancellationToken).Errors.Select(error => Rule.Show(mended, error)));
    }

    /// <summary>A fix never writes what stands there already, and after it the message at its place is gone.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void A_fix_changes_the_text_and_ends_its_message(int row)
    {
        var advice = s_advice[row];
        var source = Rule.Source(advice.Wrong, advice.States, advice.Hypers, advice.Parameter, step: advice.Step);
        foreach (var error in FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors)
        {
            foreach (var fix in error.Fixes.OfType<ReplaceFix>())
            {
                var text = advice.Wrong.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText);
                Assert.NotEqual(advice.Wrong, text);
                var after = FormulaCompiler.Compile(source with { Formulas = text }, TestContext.Current.CancellationToken).Errors;
                Assert.DoesNotContain(after, other => other.Message == error.Message && other.Span == error.Span);
            }
        }
    }

    /// <summary>Another number, accent or kind of quantity is no slip of the pen.</summary>
    [Theory]
    [InlineData("W = W - β_2 g")]
    [InlineData("W = W - η \\hat{m}")]
    [InlineData("W = W - η m'")]
    [InlineData("W = W - η \\ni g")]
    [InlineData("W = W - η \\foo g")]
    public void What_is_another_quantity_is_not_suggested(string formulas)
    {
        var error = FormulaCompiler.Compile(Rule.Source(formulas, "m", "η β_1"), TestContext.Current.CancellationToken).Errors[0];
        Assert.DoesNotContain("did you mean", error.Message, StringComparison.Ordinal);
    }
}
