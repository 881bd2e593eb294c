using OptDsl.Generators.Tests.Formulas;
using OptDsl.Generators.Tests.Lints.Mutations;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>What every correct rule has, property by property: rules without it are named and mended, rules that look alike are left alone.</summary>
public sealed class PropertyTests
{
    public static TheoryData<string> Names => [.. LabelledRule.FromFile("Properties.txt").Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_property_is_held(string name)
    {
        var rule = LabelledRule.FromFile("Properties.txt").Single(rule => rule.Name == name);
        var (model, findings) = (rule.Compile(), rule.Analyze());
        var said = string.Join("\n", findings.Select(finding => $"{finding.Id} {finding.Message}"));
        if (rule.IsCorrect)
        {
            Assert.True(findings.All(finding => rule.Tolerated.Contains(finding.Id)), said);
            return;
        }

        var wanted = findings.Where(finding => rule.Wanted.Contains(finding.Id)).ToArray();
        Assert.True(wanted.Length > 0, said);
        if (rule.Mended is null)
            return;
        var meant = FormulaCompiler.Compile(rule.Intended!, TestContext.Current.CancellationToken).Model!;
        var fix = new FixTrial(model, [.. findings], rule.Options, TestContext.Current.CancellationToken).Find(wanted.First(finding => finding.Id == rule.Mended)).FirstOrDefault();
        Assert.NotNull(fix);
        var edited = EditedRule.Apply(fix, model.Source, TestContext.Current.CancellationToken)!;
        Assert.True(FixSurveyTests.Distance(meant, edited) < 1e-3, edited.Source.Formulas);
    }

    /// <summary>Where two decays may both be 1, each is told, and each has a fix although the other one is left.</summary>
    [Fact]
    public void Each_decay_that_may_be_one_is_told_and_mended()
    {
        var source = Rule.Source("m = a*m + (1-a)*g; v = b*v + (1-b)*g^2; W = W - η*(m/(1-a^t))/(sqrt(v/(1-b^t)) + ε)", "m v", "η a b ε");
        double[] defaults = [0.001, 0.9, 0.999, 1e-8];
        source = source with { Hypers = new([.. source.Hypers.Items.Select((hyper, index) => hyper with { Default = defaults[index], Min = 0, Max = 1 })]) };
        var model = Rule.Model(source);
        var findings = RuleLints.Analyze(model, LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["(1-a^t)", "(1-b^t)"], findings.Where(finding => finding.Id == LintIds.HyperDividesByZero).Select(finding => model.Source.Formulas.Substring(finding.Span.Start, finding.Span.Length)));
        var trial = new FixTrial(model, findings, LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.All(findings, finding => Assert.IsType<ChangeBoundFix>(Assert.Single(trial.Find(finding))));
    }

    /// <summary>Of two edits that mend, the one that makes a known rule comes first and says so; with no such rule none is named.</summary>
    [Theory]
    [InlineData("", "Leave out 'η' in 'η*(μ*v - η*g)'")]
    [InlineData("v = μ*v - g; W = W + η*(μ*v - η*g)", "Leave out 'η' in 'η*g', as in Known")]
    [InlineData("v = μ*v - η*g; W = W + (μ*v - η*g)", "Leave out 'η' in 'η*(μ*v - η*g)', as in Known")]
    public void A_known_rule_tells_which_edit_was_meant(string alike, string title)
    {
        var model = Rule.Model(WithDefaults("v = μ*v - η*g; W = W + η*(μ*v - η*g)"));
        var findings = RuleLints.Analyze(model, LintOptions.Default, TestContext.Current.CancellationToken);
        NamedRule[] known = alike.Length > 0 ? [new NamedRule("Other", new ComparableRule(Rule.Model(WithDefaults("v = μ*v + g; W = W - η*v")))), new NamedRule("Known", new ComparableRule(Rule.Model(WithDefaults(alike))))] : [];
        var fix = new FixTrial(model, findings, LintOptions.Default, TestContext.Current.CancellationToken, known).Find(findings.Single(finding => finding.Id == LintIds.Homogeneity))[0];
        Assert.Equal(title, fix.Title);

        static RuleSource WithDefaults(string formulas)
        {
            var source = Rule.Source(formulas, "v", "η μ");
            double[] defaults = [0.01, 0.9];
            return source with { Hypers = new([.. source.Hypers.Items.Select((hyper, index) => hyper with { Default = defaults[index] })]) };
        }
    }
}
