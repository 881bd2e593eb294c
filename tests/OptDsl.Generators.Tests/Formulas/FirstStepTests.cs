using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Rules and schedules that count their steps from 0.</summary>
public sealed class FirstStepTests
{
    [Theory]
    [InlineData("W = t", 0, 1, 2)]
    [InlineData("W = t + 1", 1, 2, 3)]
    [InlineData("W = 1 + t", 1, 2, 3)]
    [InlineData("W = (t + 1)²", 1, 4, 9)]
    [InlineData("W = t - 1", -1, 0, 1)]
    [InlineData("W = t + 3 - 1", 2, 3, 4)]
    [InlineData("W = 2^t", 1, 2, 4)]
    [InlineData("W = 1 - t", 1, 0, -1)]
    [InlineData("u = t; W = u + 1", 1, 2, 3)]
    public void The_step_is_0_at_the_first(string formulas, double first, double second, double third)
    {
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(FromZero(formulas))), [0], []);
        foreach (var expected in new[] { first, second, third })
        {
            run.Step([0]);
            Assert.Equal(expected, run.Parameter[0], 1e-15);
        }
    }

    [Fact]
    public void One_more_than_it_is_the_step_itself()
    {
        var zero = Rule.Model(FromZero("W = W - g/√(t+1)"));
        var one = Rule.Model(Rule.Source("W = W - g/√t"));
        Assert.Equal(ModelText.Of(one).Replace("√t", "√(t+1)", StringComparison.Ordinal), ModelText.Of(zero).Replace("√t", "√(t+1)", StringComparison.Ordinal));
        Assert.Equal(Language.Formulas.Model.ModelIdentity.Of(one), Language.Formulas.Model.ModelIdentity.Of(zero));
    }

    [Theory]
    [InlineData("m = βm + (1-β)g; m̂ = m/(1-β^{t+1}); W = W - ηm̂", "")]
    [InlineData("m = βm + (1-β)g; m̂ = m/(1-βᵗ); W = W - ηm̂", LintIds.WrongBiasCorrection)]
    [InlineData("m = βm + g; W = W - ηm/√t", LintIds.HyperDividesByZero)]
    [InlineData("m = βm + g; W = W - ηm/√(t+1)", "")]
    public void Checks_count_as_the_formulas_do(string formulas, string id)
    {
        var source = Rule.Of(formulas, "m", Rule.Hyper("β", 0.9, 0, 0.9999), Rule.Hyper("η", 0.1, 0)) with { FirstStep = 0 };
        var findings = RuleLints.Analyze(Rule.Model(source), LintOptions.Default, TestContext.Current.CancellationToken).Where(finding => !LintIds.IsNote(finding.Id)).ToList();
        Assert.All(findings, finding => Assert.Equal(id, finding.Id));
        Assert.Equal(id != "", findings.Count > 0);
        Assert.All(findings, finding => Assert.DoesNotContain("t = 1", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Kernels_and_callers_count_from_1()
    {
        using var code = CompiledCode.Load(
            """
            using OptDsl;
            [UpdateRule("W = W - k - √(k+1)", Step = "k", FirstStep = 0)] public sealed partial class FromZero;
            [OptDsl.Schedule("η = 1/(k+1)", Step = "k", FirstStep = 0)] public sealed partial class Decaying;
            public static class Run
            {
                public static double[] Steps()
                {
                    double[] W = [0], g = [1];
                    var rule = new FromZero();
                    rule.Update(steps: 1, W, g);
                    var first = W[0];
                    rule.Update(2, W, g);
                    return [first, W[0], new Decaying().At(1), new Decaying().At(4), ((IUpdateRule)rule).Description.FirstStep];
                }
            }
            """);
        var values = (double[])code.Call("Run", "Steps")!;
        double[] expected = [-1, -2 - Math.Sqrt(2), 1, 0.25, 0];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-15);
    }

    [Fact]
    public void Kernels_compute_what_the_interpreter_does()
    {
        var source = FromZero("λ = √(t+1)\nv = v + λg\nW = W - η t v/(1 + t) - 0.5^t g", "v", "η");
        source = source with { Hypers = new([.. source.Hypers.Items.Select(hyper => hyper with { Default = 0.1 })]) };
        using var code = CompiledCode.Load(RuleCode.Of(source, "Counted"));
        KernelAgreement.Verify<float>(source, code.Create("Counted"), 37, 4, 1);
        KernelAgreement.Verify<double>(source, code.Create("Counted"), 37, 4, 2);
    }

    private static RuleSource FromZero(string formulas, string states = "", string hypers = "") => Rule.Source(formulas, states, hypers) with { FirstStep = 0 };
}
