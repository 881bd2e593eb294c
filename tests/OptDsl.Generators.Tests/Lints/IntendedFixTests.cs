using System.Globalization;
using OptDsl.Generators.Tests.Lints.Mutations;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>Of the defective rules whose authors said what they meant: whether the first edit that is offered makes that rule.</summary>
public sealed class IntendedFixTests(ITestOutputHelper output)
{
    private const double Goal = 0.9;

    [Fact]
    public void The_first_edit_makes_what_was_meant()
    {
        var (offered, intended) = (0, 0);
        foreach (var rule in LabelledRule.FromFile("DefectiveRules.txt").Where(rule => rule.Intended is not null))
        {
            var (model, findings) = (rule.Compile(), rule.Analyze());
            var meant = FormulaCompiler.Compile(rule.Intended!, TestContext.Current.CancellationToken).Model;
            Assert.NotNull(meant);
            var trial = new FixTrial(model, [.. findings], rule.Options, TestContext.Current.CancellationToken);
            foreach (var fix in findings.Where(finding => !LintIds.IsNote(finding.Id)).Select(finding => trial.Find(finding).FirstOrDefault()).OfType<FormulaFix>())
            {
                var edited = EditedRule.Apply(fix, model.Source, TestContext.Current.CancellationToken)!;
                var isMeant = FixSurveyTests.Distance(meant, edited) < 1e-3;
                (offered, intended) = (offered + 1, intended + (isMeant ? 1 : 0));
                if (!isMeant)
                    output.WriteLine($"{rule.Name} | {fix.Title} | {edited.Source.Formulas.Replace("\n", "; ", StringComparison.Ordinal)}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{intended} of {offered}"));
        Assert.True(intended >= Goal * offered, $"{intended} of {offered}");
    }
}
