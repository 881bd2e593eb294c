using System.Globalization;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lints.Mutations;

/// <summary>Of a sample of slips in published rules: how often the first edit that is offered leads back to the rule.</summary>
public sealed class FixSurveyTests(ITestOutputHelper output)
{
    /// <summary>Every so-manieth mutant: trying edits takes an analysis each.</summary>
    private const int Stride = 17;

    private const double Goal = 0.85;

    [Fact]
    public void The_first_edit_leads_back_to_the_rule()
    {
        var (offered, intended, number) = (0, 0, 0);
        foreach (var rule in LabelledRule.FromFile("PublishedRules.txt"))
        {
            var original = rule.Compile();
            foreach (var mutant in RuleMutations.Of(rule).Where(_ => number++ % Stride == 0))
            {
                if (FormulaCompiler.Compile(mutant.Rule.Source, TestContext.Current.CancellationToken).Model is not { } model || Distance(original, model) < 0.02)
                    continue;
                var findings = mutant.Rule.Analyze();
                var trial = new FixTrial(model, [.. findings], mutant.Rule.Options, TestContext.Current.CancellationToken);
                foreach (var fix in findings.Where(finding => !LintIds.IsNote(finding.Id)).Select(finding => trial.Find(finding).FirstOrDefault()).OfType<OptDsl.Language.Formulas.Diagnostics.FormulaFix>())
                {
                    offered++;
                    var leadsBack = Distance(original, EditedRule.Apply(fix, model.Source, TestContext.Current.CancellationToken)!) < 1e-3;
                    intended += leadsBack ? 1 : 0;
                    if (!leadsBack)
                        output.WriteLine($"{mutant.Kind} | {rule.Name} | {fix.Title}");
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{intended} of {offered}, {(double)intended / offered:P0}"));
        Assert.True(intended >= Goal * offered, $"{intended} of {offered}");
    }

    /// <summary>How far two rules part within some steps, in units of how far the first moves.</summary>
    internal static double Distance(RuleModel first, RuleModel second)
    {
        double[] weights = [1, -2, 0.5];
        var (left, right) = (Start(first), Start(second));
        var distance = 0.0;
        for (var step = 0; step < 60; step++)
        {
            double[] gradient = [Scenario.Wave(step), 100 * Scenario.Wave(step + 50), 0.3 + (0.2 * Scenario.Wave(step + 90))];
            left.Step(gradient);
            right.Step(gradient);
            for (var element = 0; element < weights.Length; element++)
            {
                var apart = Math.Abs(left.Parameter[element] - right.Parameter[element]);
                if (double.IsNaN(apart))
                    return double.PositiveInfinity;
                distance = Math.Max(distance, apart / (Math.Abs(left.Parameter[element] - weights[element]) + 1e-12));
            }
        }

        return distance;

        RuleRun Start(RuleModel model) => new(RuleProgram.Compile(model), weights, [.. model.Hypers.Select(hyper => hyper.Source.Default ?? 0.5)]);
    }
}
