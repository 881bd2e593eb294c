using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Lints.Mutations;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>Rules that are one slip away from one of the library, and those that only look like it.</summary>
public sealed class NeighbourTests(ITestOutputHelper output)
{
    /// <summary>Every so-manieth mutant: trying edits takes an analysis each.</summary>
    private const int Stride = 29;

    private static readonly Finding s_suspicion = new(LintIds.WrongBiasCorrection, default, "", []);

    /// <summary>Whatever a check might say of them, rules that are known are not taken for slips of others.</summary>
    [Fact]
    public void Rules_of_the_library_are_no_slips_of_each_other()
    {
        var library = Library();
        var linked = LabelledRules().Where(rule => library.Nearest(rule.Rule, [s_suspicion], TestContext.Current.CancellationToken) is not null).Select(rule => rule.Name).ToList();
        Assert.True(linked.Count == 0, string.Join("\n", linked));

        IEnumerable<(string Name, RuleModel Rule)> LabelledRules() => LibraryRules.Of(Runtime.Assembly, Runtime.Compilation, TestContext.Current.CancellationToken).Select(rule => (rule.Type.Name, rule.Model));
    }

    /// <summary>Nothing is said of a rule of which no check says anything.</summary>
    [Fact]
    public void Without_a_finding_nothing_is_named()
    {
        var library = Library();
        foreach (var rule in LabelledRule.FromFile("PublishedRules.txt"))
            Assert.Null(library.Nearest(rule.Compile(), [], TestContext.Current.CancellationToken));
    }

    /// <summary>Of slips in the library's own rules the edit that is named leads back, and where edits are offered they are no worse for it.</summary>
    [Fact]
    public void The_edit_that_is_named_leads_back()
    {
        var library = Library();
        var (suspected, named, right, number) = (0, 0, 0, 0);
        foreach (var rule in LibraryRules.Of(Runtime.Assembly, Runtime.Compilation, TestContext.Current.CancellationToken).Where(rule => !rule.Model.UsesMatrices))
        {
            foreach (var mutant in RuleMutations.Of(new LabelledRule(rule.Type.Name, rule.Model.Source, LintOptions.Default, [], false, [])).Where(_ => number++ % Stride == 0))
            {
                if (FormulaCompiler.Compile(mutant.Rule.Source, TestContext.Current.CancellationToken).Model is not { } model || FixSurveyTests.Distance(rule.Model, model) < 0.02)
                    continue;
                ImmutableArray<Finding> findings = [.. mutant.Rule.Analyze()];
                if (findings.All(finding => LintIds.IsNote(finding.Id)))
                    continue;
                suspected++;
                if (library.Nearest(model, findings, TestContext.Current.CancellationToken) is not { } nearest)
                    continue;
                named++;
                if (FixSurveyTests.Distance(rule.Model, EditedRule.Apply(nearest.Edit, model.Source, TestContext.Current.CancellationToken)!) < 1e-3)
                    right++;
                else
                    output.WriteLine($"{mutant.Kind} | {mutant.Rule.Name} | {nearest.Edit.Title}, as in {nearest.Rule.Name}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suspected} slips with a finding, {named} named, {right} right"));
        Assert.True(right >= 0.9 * named && named > 0.2 * suspected, $"{right} of {named} of {suspected}");
    }

    /// <summary>What was meant is the first edit at least as often as without the library.</summary>
    [Fact]
    public void Known_rules_choose_among_edits()
    {
        var library = Library();
        int[] offered = [0, 0], right = [0, 0];
        foreach (var rule in LabelledRule.FromFile("DefectiveRules.txt").Where(rule => rule.Intended is not null).Where((_, index) => index % 3 == 0))
        {
            var (model, findings) = (rule.Compile(), rule.Analyze().ToImmutableArray());
            var meant = FormulaCompiler.Compile(rule.Intended!, TestContext.Current.CancellationToken).Model!;
            foreach (var finding in findings.Where(finding => !LintIds.IsNote(finding.Id)))
            {
                for (var known = 0; known < 2; known++)
                {
                    if (new FixTrial(model, findings, rule.Options, TestContext.Current.CancellationToken, known == 1 ? library : null).Find(finding).FirstOrDefault() is not { } fix)
                        continue;
                    offered[known]++;
                    var isRight = FixSurveyTests.Distance(meant, EditedRule.Apply(fix, model.Source, TestContext.Current.CancellationToken)!) < 1e-3;
                    right[known] += isRight ? 1 : 0;
                    if (known == 1 && !isRight && fix.Title.Contains(", as in ", StringComparison.Ordinal))
                        output.WriteLine($"{rule.Name} | {finding.Id} | {fix.Title}");
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first edits right: {right[0]} of {offered[0]} without known rules, {right[1]} of {offered[1]} with them"));
        Assert.True(right[1] >= right[0] && offered[1] - right[1] <= offered[0] - right[0] + 1, $"{right[0]} of {offered[0]}, {right[1]} of {offered[1]}");
    }

    private static Neighbours Library() => LibraryRules.Neighbours(Runtime.Assembly, Runtime.Compilation, TestContext.Current.CancellationToken);

    private static class Runtime
    {
        public static Microsoft.CodeAnalysis.Compilation Compilation { get; } = TestCompilation.Create(new SourceFile("Empty.cs", "class Empty;"));

        public static Microsoft.CodeAnalysis.IAssemblySymbol Assembly { get; } = Compilation.GetTypeByMetadataName("OptDsl.UpdateRuleAttribute")!.ContainingAssembly;
    }
}
