using OptDsl.Language.Checks;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Tests;

/// <summary>The settled step is the one of an infinite age, however slowly averages come to it.</summary>
public sealed class ConstantGradientTests
{
    [Theory]
    [InlineData(0.9, 0.999)]
    [InlineData(0.99, 0.99999)]
    [InlineData(0.5, 0.9999999)]
    [InlineData(0, 0)]
    public void Adam_without_correction_settles_at_its_step_size(double beta1, double beta2)
    {
        using var tool = new ToolRun();
        var rule = RuleLoader.One(tool.File("adam.rule", Files.Uncorrected));
        var measured = new ConstantGradient(rule.Model, [0.001, beta1, beta2, 1e-8], 1000);
        Assert.Equal(0.001, measured.Settled!.Value, 1e-6 * 0.001);
        Assert.Equal(1, measured.Response[0] * Math.Sqrt(1 - beta2) / (1 - beta1), 1e-3);
    }

    [Fact]
    public void Momentum_settles_at_what_it_sums_up_to()
    {
        using var tool = new ToolRun();
        var rule = RuleLoader.One(tool.File("m.rule", "state v\nhyper η = 0.1\nhyper μ = 0.9\n\nv = μv + g + 0.1W\nW = W - ηv"));
        Assert.Equal(1, new ConstantGradient(rule.Model, rule.Defaults, 1000).Settled!.Value, 1e-9);
    }

    [Theory]
    [InlineData("state s\nhyper η = 0.1\n\ns = s + g²\nW = W - ηg/√s")]
    [InlineData("hyper η = 0.1\n\nW = W - ηg/√t")]
    public void What_never_ceases_to_change_is_not_said_to_settle(string text)
    {
        using var tool = new ToolRun();
        var rule = RuleLoader.One(tool.File("a.rule", text));
        var measured = new ConstantGradient(rule.Model, rule.Defaults, 900);
        Assert.Null(measured.Settled);
        Assert.Equal(30, measured.Response[0], 1e-6);
        Assert.Equal(1, measured.Response[^1]);
    }
}
