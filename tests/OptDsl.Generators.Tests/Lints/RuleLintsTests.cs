using System.Text.RegularExpressions;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Lints;

public sealed class RuleLintsTests(ITestOutputHelper output)
{
    [Fact]
    public void Notes_on_published_rules_are_those_expected()
    {
        foreach (var rule in LabelledRule.FromFile("PublishedRules.txt"))
        {
            var notes = rule.Analyze().Select(finding => finding.Id).Distinct().Order().ToArray();
            Assert.True(notes.All(rule.Tolerated.Contains), $"{rule.Name}: {string.Join(", ", notes)}");
        }
    }

    [Fact]
    public void Suggested_edits_mend_what_they_are_suggested_for()
    {
        var suggested = new HashSet<string>();
        foreach (var rule in LabelledRule.FromFile("DefectiveRules.txt"))
        {
            var findings = rule.Analyze();
            var trial = new FixTrial(rule.Compile(), [.. findings], rule.Options, TestContext.Current.CancellationToken);
            foreach (var finding in findings)
            {
                var fixes = trial.Find(finding);
                if (!fixes.IsEmpty)
                    suggested.Add(finding.Id);
                output.WriteLine($"{finding.Id} on {rule.Name}: {(fixes.IsEmpty ? "none" : string.Join("; ", fixes.Select(fix => fix.Title)))}");
            }
        }

        Assert.Superset(
            new HashSet<string>
            {
                LintIds.UnusedHyper, LintIds.MissingBiasCorrection, LintIds.WrongBiasCorrection, LintIds.WeightSum, LintIds.MissingEpsilon,
                LintIds.IneffectiveEpsilon, LintIds.NegativeRoot, LintIds.Ascent, LintIds.MissingSquare, LintIds.MissingRoot,
                LintIds.ReadOrder, LintIds.HyperDividesByZero, LintIds.Homogeneity, LintIds.CoupledDecay,
            },
            suggested);
    }

    [Fact]
    public void Findings_point_into_the_text()
    {
        foreach (var rule in LabelledRule.Corpus().Concat(LabelledRule.FromFile("DefectiveRules.txt")))
        {
            Assert.All(
                rule.Analyze().Where(finding => finding.Declaration is null),
                finding => Assert.True(finding.Span.Length > 0 && finding.Span.End <= rule.Source.Formulas.Length, rule.Name));
        }
    }

    [Fact]
    public void Numbers_in_messages_can_be_believed()
    {
        var unbelievable = new Regex(@"[Ii]nfinity|NaN|\d{9}|[ (]-0[ ,;]|no number times|\)\^1[ ,·]|factor 1 |0e0|is 0 times");
        foreach (var rule in LabelledRule.Corpus().Concat(LabelledRule.FromFile("DefectiveRules.txt")).Concat(LabelledRule.FromFile("UnusualRules.txt")))
            Assert.All(rule.Analyze(), finding => Assert.False(unbelievable.IsMatch(finding.Message), $"{rule.Name}: {finding.Message}"));
    }

    [Fact]
    public void Renaming_and_reordering_change_nothing()
    {
        var plain = Lint(Rule.Source("m = a*m + (1-a)*g\nv = b*v + (1-b)*g^2\nW = W - η*m/(sqrt(v)+ε)", "m v", "η a b ε"));
        var renamed = Lint(Rule.Source("q = q - (1-s)*(q - g*g)\np += (1-r)*(g - p)\nx = ρ*p*rsqrt(q + κ)\nθ -= x", "p q", "ρ r s κ", parameter: "θ"));

        Assert.Equal(plain.Count(finding => finding.Id == LintIds.MissingBiasCorrection), renamed.Count(finding => finding.Id == LintIds.MissingBiasCorrection));
        Assert.Equal(2, renamed.Count(finding => finding.Id == LintIds.MissingBiasCorrection));

        static Finding[] Lint(RuleSource source)
        {
            double[] defaults = [0.001, 0.9, 0.999, 1e-8];
            var hypers = source.Hypers.Items.Select((hyper, index) => hyper with { Default = defaults[index] });
            return [.. RuleLints.Analyze(Rule.Model(source with { Hypers = new([.. hypers]) }), LintOptions.Default, TestContext.Current.CancellationToken)];
        }
    }

    [Fact]
    public void A_message_has_the_evidence()
    {
        var rule = LabelledRule.Corpus().Single(rule => rule.Name.StartsWith("R040 ", StringComparison.Ordinal));
        var finding = rule.Analyze().First(finding => finding.Id == LintIds.MissingBiasCorrection);
        Assert.Contains("the first step is 3.162 times the settled one, the largest 6.569 times at t = 12", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("η = a*b*t", "")]
    [InlineData("η = a*min(1, t/b)", "")]
    [InlineData("η = t < b ? a : a/√(t-b+1)", "")]
    [InlineData("η = a*(1 + cos(π*min(1, t/b)))/2", "")]
    [InlineData("η = a/t + b*0", "OPT204")]
    [InlineData("η = a*b/(t-1)", "OPT314")]
    [InlineData("η = a*b*(t-1)^(-0.5)", "OPT314")]
    [InlineData("η = t < b ? a : a/(t-b)", "OPT314")]
    [InlineData("η = a*√(b-t)", "OPT313")]
    [InlineData("η = a*ln(t-b)", "OPT313")]
    [InlineData("x = a*b; y = 2*x; η = a*b*t", "OPT203 OPT203")]
    public void Schedules_have_a_value_at_every_step_and_no_idle_parts(string formulas, string ids)
    {
        var source = Rule.Schedule(formulas, "a b");
        var hypers = source.Hypers.Items.Select(hyper => hyper with { Default = 10 });
        var findings = RuleLints.Analyze(Rule.Model(source with { Hypers = new([.. hypers]) }), LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(ids, string.Join(' ', findings.Select(finding => finding.Id)));
    }

    [Theory]
    [InlineData("s = s + η^2; W = W - η^2/s*g", "OPT314")]
    [InlineData("s = s + η^2; W = W - η^2/max(s, 1e-12)*g", "")]
    [InlineData("s = s + g^2; W = W - η*g/(sqrt(s) + 1e-8)", "")]
    public void A_schedule_may_be_zero_at_first(string formulas, string ids)
    {
        var source = Rule.Source(formulas, formulas.Contains("g^2", StringComparison.Ordinal) ? "s" : "s:tensor", "η");
        source = source with { Hypers = new([.. source.Hypers.Items.Select(hyper => hyper with { Type = HyperType.Schedule, Default = 0.1 })]) };
        var findings = RuleLints.Analyze(Rule.Model(source), LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(ids, string.Join(' ', findings.Where(finding => finding.Id == LintIds.HyperDividesByZero).Select(finding => finding.Id)));
    }

    [Fact]
    public void Cancellation_is_honoured()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var model = LabelledRule.Corpus()[0].Compile();
        Assert.Throws<OperationCanceledException>(() => RuleLints.Analyze(model, LintOptions.Default, cancelled.Token));
    }
}
