using System.Text.Json;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.PyTorch;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Exports.Tests.Python;

/// <summary>PyTorch's optimizers step the tensors of a group at once, in PyTorch's functions of lists.</summary>
public sealed class ForeachTests
{
    [Fact]
    public void Formulas_become_the_calls_that_an_author_would_write()
    {
        Assert.Equal(
            """
            g = torch._foreach_add(torch._foreach_neg(g) if maximize else g, W, alpha=weight_decay)
            m = torch._foreach_add(torch._foreach_mul(m, beta1), g, alpha=1 - beta1)
            v = torch._foreach_addcmul(torch._foreach_mul(v, beta2), g, g, value=1 - beta2)
            if amsgrad:
                u = torch._foreach_maximum(u, v)
            m_hat = torch._foreach_div(m, 1 - beta1 ** t)
            v_hat = torch._foreach_div(u if amsgrad else v, 1 - beta2 ** t)
            W = torch._foreach_addcdiv(W, m_hat, torch._foreach_add(torch._foreach_sqrt(v_hat), eps), value=-lr)
            """.ReplaceLineEndings("\n"),
            Body(LibraryCase.All.First(item => item.Rule == "Adam").Model));
    }

    [Theory]
    [InlineData("state m\n\nm = m + g\nW = W - 0.1m", "m = torch._foreach_add(m, g)\nW = torch._foreach_sub(W, m, alpha=0.1)")]
    [InlineData("u = 2 - |g|\nW = W - 0.1g/u", "u = torch._foreach_add(torch._foreach_neg(torch._foreach_abs(g)), 2)\nW = torch._foreach_addcdiv(W, g, u, value=-0.1)")]
    [InlineData("u = 1/(1 + g²)\nW = W - 0.1u", "u = torch._foreach_reciprocal(torch._foreach_add(torch._foreach_mul(g, g), 1))\nW = torch._foreach_sub(W, u, alpha=0.1)")]
    [InlineData("W = W - 0.1sign(g)", "W = torch._foreach_sub(W, [torch.sign(each) for each in g], alpha=0.1)")]
    [InlineData("W = W - 0.1g/(‖g‖ + 1)", "W = torch._foreach_sub(W, torch._foreach_div(g, torch._foreach_add(torch._foreach_norm(g), 1)), alpha=0.1)")]
    [InlineData("W = g > 0 ? W - 0.1g : W", "W = [torch.where(g > 0, W - 0.1 * g, W) for g, W in zip(g, W)]")]
    [InlineData("n = count(g)\nW = W - g/n", "n = [W.numel() for W in W]\nW = [W - g / n for W, g, n in zip(W, g, n)]")]
    public void What_lists_cannot_say_is_said_in_a_loop(string formulas, string expected) => Assert.Equal(expected, Body(Compile(formulas)));

    /// <summary>Only what a group adds up or keeps makes its tensors wait for one another.</summary>
    [Fact]
    public void Every_rule_of_the_library_has_it_but_those_whose_tensors_share_something()
    {
        var without = LibraryCase.All.Where(item => item.Setting == "defaults" && !Text(item.Model).Contains("foreach", StringComparison.Ordinal)).Select(item => item.Rule);
        Assert.Equal(["Prodigy"], without);
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("Lion")]
    [InlineData("NAdam")]
    [InlineData("Lamb")]
    [InlineData("Rprop")]
    public void Both_ways_are_one_optimizer(string rule)
    {
        Tool.Require(PythonProcess.Missing("torch"), "a Python with PyTorch (Debian: apt install python3-torch; or OPTDSL_PYTHON)");
        var text = Text(LibraryCase.All.First(item => item.Rule == rule).Model, rule);
        using var told = JsonDocument.Parse(PythonProcess.Run("step_torch.py", JsonSerializer.Serialize(new { source = text, @class = rule })));
        Assert.InRange(told.RootElement.GetProperty("worst").GetDouble(), 0, 1e-14);
        Assert.Contains("step", told.RootElement.GetProperty("kept").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>As Python's formatters do.</summary>
    [Fact]
    public void A_long_statement_is_broken_inside_its_brackets() => Assert.Contains(
        """
            W = torch._foreach_sub(
                W,
                torch._foreach_add(torch._foreach_div(m_hat, torch._foreach_add(torch._foreach_sqrt(v_hat), eps)), W, alpha=weight_decay),
                alpha=lr,
            )
            return W, m, v, u
        """.ReplaceLineEndings("\n"),
        Text(LibraryCase.All.First(item => item.Rule == "AdamW").Model),
        StringComparison.Ordinal);

    private static string Text(RuleModel model, string name = "R") => new TorchExport().Write(name, model).Text!;

    /// <summary>The statements of the function of lists.</summary>
    private static string Body(RuleModel model)
    {
        var lines = Text(model).Split('\n').SkipWhile(line => !line.StartsWith("def update_foreach", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => !line.StartsWith("    return", StringComparison.Ordinal));
        return string.Join("\n", lines.Select(line => line[4..]));
    }

    private static RuleModel Compile(string text) => FormulaCompiler.Compile(RuleDocument.Read(text, "R").Source, TestContext.Current.CancellationToken).Model!;
}
