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

    /// <summary>That a finding is gone is not enough: what silences it and makes another method is not offered, or not first.</summary>
    [Theory]
    [InlineData("v a | η=0.01 α=0.99 ε=1e-8", "v = α*v + (1-α)*g^2\na = α*a + (1-α)*g\nW = W - η*g/(sqrt(v - 2*a^2) + ε)", "OPT313", "Take 'a^2' away once, and keep the difference from being negative")]
    [InlineData("v a | η=0.01 α=0.99 β=0.9 ε=1e-8", "v = α*v + (1-α)*g^2\na = β*a + (1-β)*g\nW = W - η*g/(sqrt(v - a^2) + ε)", "OPT313", "")]
    [InlineData("v d | ρ=0.95 ε=1e-6", "v = ρ*v + (1-ρ)*g\nu = sqrt(d+ε)/sqrt(v+ε)*g\nd = ρ*d + (1-ρ)*u\nW = W - u", "OPT313", "")]
    [InlineData("n=0.1 z | η=0.05 β=1", "q = n + g^2\ns = (sqrt(q) - sqrt(n))/η\nz = z + g - s*W\nn = q\nW = z*η/(β + sqrt(n))", "OPT321", "Change the sign of 'z*η/(β + sqrt(n))'")]
    [InlineData("m u | η=0.002 β1=0.9 β2=0.999 ε=1e-8", "m = β1*m + (1-β1)*g\nu = max(β2*u, g)\nW = W - η*m/(1-β1^t)/(u+ε)", "OPT322", "Take the size of 'g'")]
    [InlineData("v d | ρ=0.95 ε=1e-6", "v = ρ*v + (1-ρ)*g^2\nu = sqrt(d+ε)/sqrt(v+ε)*g\nd = ρ*d + (1-ρ)*g^2\nW = W - u", "OPT203", "Take in 'u' instead of 'g'")]
    [InlineData("v | η=0.01 β=0.999 ε=1e-30", "v = β*v + (1-β)*(g^2 + ε)\nu = g/sqrt(v/(1-β^t))\nW = W - η*u/min(1, rms(u))", "OPT311", "Change 'min' to 'max'")]
    [InlineData("m s | η=0.001 β1=0.9 β2=0.999 ε=1e-8", "m = β1*m - (1-β1)*g\ns = β2*s + (1-β2)*(g-m)^2 + ε\nW = W - η*(m/(1-β1^t))/(sqrt(s/(1-β2^t)) + ε)", "OPT321", "m = β1*m + (1-β1)*g")]
    [InlineData("a b | η=0.01 β=0.9", "a = β*a + (1-β)*g\nb = β*b + (1-β)*(a + b)\nW = W - η*(2*a - b)", "OPT321", "")]
    [InlineData("v | η=0.01 μ=0.9 k=100", "v = μ*v + η*g\nW = t < k ? W - g : W - v", "OPT322", "W = t < k ? W - η*g : W - v")]
    [InlineData("m v | η=0.001 β1=0.9 β2=0.999 ε=1e-8 λ=0.01", "m = β1*m + (1-β1)*g\nv = β2*v + (1-β2)*g^2\nW = W - η*((m/(1-β1^t))/(sqrt(v/(1-β2^t)) + ε) + W)", "OPT204", "λ*W")]
    [InlineData("m v | η=0.001 β1=0.9 β2=0.999 ε=1e-8 λ=0.01", "m = β1*m + (1-β1)*g\nv = β2*v + (1-β2)*g^2\nu = (m*(1-β1^t))/(sqrt(v/(1-β2^t)) + ε) + λ*W\nW = W - η*norm(W)/max(norm(u), 1e-6)*u", "OPT302", "m / (1-β1^t)")]
    public void An_edit_that_makes_another_method_is_not_offered(string declared, string formulas, string id, string wanted)
    {
        var rule = LabelledRule.FromText($"Rule | {declared} |", formulas);
        var (model, findings) = (rule.Compile(), rule.Analyze());
        var finding = findings.FirstOrDefault(finding => finding.Id == id);
        Assert.NotNull(finding);
        var fix = new FixTrial(model, [.. findings], rule.Options, TestContext.Current.CancellationToken).Find(finding).FirstOrDefault();
        if (wanted.Length == 0)
            Assert.Null(fix);
        else
            Assert.Contains(wanted, $"{fix?.Title}\n{(fix is null ? "" : EditedRule.Apply(fix, model.Source, TestContext.Current.CancellationToken)!.Source.Formulas)}", StringComparison.Ordinal);
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
        var fix = new FixTrial(model, findings, LintOptions.Default, TestContext.Current.CancellationToken, new Neighbours(known)).Find(findings.Single(finding => finding.Id == LintIds.Homogeneity))[0];
        Assert.Equal(title, fix.Title);

        static RuleSource WithDefaults(string formulas)
        {
            var source = Rule.Source(formulas, "v", "η μ");
            double[] defaults = [0.01, 0.9];
            return source with { Hypers = new([.. source.Hypers.Items.Select((hyper, index) => hyper with { Default = defaults[index] })]) };
        }
    }
}
