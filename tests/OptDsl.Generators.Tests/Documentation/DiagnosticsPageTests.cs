using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The page of each diagnostic of the mathematics: its wrong examples have it, its right ones have nothing, and it gives a number.</summary>
public sealed partial class DiagnosticsPageTests
{
    private static readonly (string Symbol, double Default)[] s_hypers =
        [("η", 0.001), ("μ", 0.9), ("β1", 0.9), ("β2", 0.999), ("α", 0.99), ("ε", 1e-8), ("λ", 0.01), ("T", 0)];

    public static TheoryData<string> Ids => [.. LintDescriptors.All.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Examples_are_what_they_are_called(string id)
    {
        var examples = Example().Matches(Section(id));
        Assert.Contains(examples, example => IsWrong(example.Groups["kind"].Value));
        Assert.Contains(examples, example => !IsWrong(example.Groups["kind"].Value));
        foreach (Match example in examples)
        {
            var findings = Analyze(example.Groups["formulas"].Value, example.Groups["states"].Value.Replace(" and", "", StringComparison.Ordinal));
            if (IsWrong(example.Groups["kind"].Value))
                Assert.Contains(findings, finding => finding.Id == id);
            else
                Assert.DoesNotContain(findings, finding => finding.Id == id || !LintIds.IsNote(finding.Id));
        }

        static bool IsWrong(string kind) => kind is "wrong" or "noted";
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Pages_say_what_it_means_and_give_a_number(string id)
    {
        var prose = Section(id).Split("```")[0];
        Assert.StartsWith("**", prose.Trim(), StringComparison.Ordinal);
        Assert.Matches(@"\d", Section(id));
    }

    private static string Section(string id)
    {
        var page = File.ReadAllText(Path.Combine(BuildMetadata.GeneratorsFolder, "DIAGNOSTICS.md")).ReplaceLineEndings("\n");
        var start = page.IndexOf($"## {id}\n", StringComparison.Ordinal) + id.Length + 4;
        var end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    private static ImmutableArray<Finding> Analyze(string formulas, string states)
    {
        var storage = Storage().Match(states);
        states = Storage().Replace(states, "");
        var plain = formulas.Replace('₁', '1').Replace('₂', '2');
        var source = Rule.Source(formulas, states, string.Join(' ', s_hypers.Select(hyper => hyper.Symbol).Where(symbol => plain.Contains(symbol, StringComparison.Ordinal))));
        var hypers = source.Hypers.Items.Select(hyper => hyper with { Default = s_hypers.Single(pair => pair.Symbol == hyper.Symbol).Default });
        var kept = source.States.Items.Select(state => state with
        {
            Storage = !storage.Success ? StateStorage.Element : storage.Groups["blocks"].Success ? StateStorage.Block8 : StateStorage.BFloat16,
            Rounding = storage.Groups["nearest"].Success ? StateRounding.Nearest : StateRounding.Stochastic,
        });
        return RuleLints.Analyze(Rule.Model(source with { Hypers = new([.. hypers]), States = new([.. kept]) }), LintOptions.Default, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(" as (?:bfloat16|(?<blocks>block8))(?<nearest> nearest)?")]
    private static partial Regex Storage();

    [GeneratedRegex(@"^# (?<kind>wrong|right|noted|not noted)(?:, with (?<states>[^:\n]*))?[^\n]*\n(?<formulas>(?:(?!# |```)[^\n]+\n)+)", RegexOptions.Multiline)]
    private static partial Regex Example();
}
