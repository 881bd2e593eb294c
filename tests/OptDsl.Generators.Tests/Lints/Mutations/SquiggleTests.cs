using System.Globalization;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Generators.Tests.Lints.Mutations;

/// <summary>Where a finding offers an edit that leads back to the published rule, its characters are those of the slip.</summary>
public sealed class SquiggleTests(ITestOutputHelper output)
{
    /// <summary>Every so-manieth mutant: trying edits takes an analysis each.</summary>
    private const int Stride = 11;

    private const double Goal = 0.95;

    [Fact]
    public void A_finding_stands_where_its_edit_is_made()
    {
        var (all, touching, number) = (0, 0, 0);
        foreach (var rule in LabelledRule.FromFile("PublishedRules.txt"))
        {
            var original = rule.Compile();
            foreach (var mutant in RuleMutations.Of(rule).Where(_ => number++ % Stride == 0))
            {
                if (FormulaCompiler.Compile(mutant.Rule.Source, TestContext.Current.CancellationToken).Model is not { } model || FixSurveyTests.Distance(original, model) < 0.02)
                    continue;
                var findings = mutant.Rule.Analyze();
                var trial = new FixTrial(model, [.. findings], mutant.Rule.Options, TestContext.Current.CancellationToken);
                foreach (var finding in findings.Where(finding => !LintIds.IsNote(finding.Id)))
                {
                    var fixes = trial.Find(finding);
                    if (fixes.IsEmpty)
                        output.WriteLine($"NOFIX {finding.Id} | {mutant.Kind} | {rule.Name} | {finding.Message}");
                    if (finding.Declaration is not null || fixes.FirstOrDefault(fix => FixSurveyTests.Distance(original, EditedRule.Apply(fix, model.Source, TestContext.Current.CancellationToken)!) < 1e-3) is not { } back)
                        continue;
                    all++;
                    if (Touches(finding.Span, mutant.Rule.Source.Formulas, rule.Source.Formulas) || Places(back).Any(place => Touch(place, finding.Span)))
                        touching++;
                    else
                        output.WriteLine($"{finding.Id} | {mutant.Kind} | {rule.Name} | at '{Text(finding.Span)}' of {mutant.Rule.Source.Formulas.Replace("\n", "; ", StringComparison.Ordinal)} | {back.Title} | {finding.Message}");

                    string Text(TextSpan span) => mutant.Rule.Source.Formulas.Substring(span.Start, span.Length);
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{touching} of {all}, {(double)touching / all:P1}"));
        Assert.True(touching >= Goal * all, $"{touching} of {all}");
    }

    private static IEnumerable<TextSpan> Places(FormulaFix fix) => fix switch
    {
        ReplaceFix replace => [replace.Span],
        EditsFix edits => edits.Edits.Select(edit => edit.Span),
        _ => [],
    };

    private static bool Touch(TextSpan first, TextSpan second) => first.Start <= second.End && second.Start <= first.End;

    /// <summary>The characters between what both texts begin with and what both end with.</summary>
    private static bool Touches(TextSpan span, string mutant, string original)
    {
        var start = 0;
        while (start < Math.Min(mutant.Length, original.Length) && mutant[start] == original[start])
            start++;
        var end = 0;
        while (end < Math.Min(mutant.Length, original.Length) - start && mutant[^(end + 1)] == original[^(end + 1)])
            end++;
        return Touch(span, new TextSpan(start, mutant.Length - end - start));
    }
}
