using System.Globalization;
using System.Text;
using OptDsl.Language.Checks;

namespace OptDsl.Generators.Tests.Lints;

public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly string[] s_complete =
        [LintIds.MissingBiasCorrection, LintIds.MissingEpsilon, LintIds.Ascent, LintIds.StateNeverUpdated];

    [Fact]
    public void Defects_are_found_and_correct_rules_are_left_alone() => Measure("rules from practice", LabelledRule.Corpus());

    [Fact]
    public void Defects_of_our_own_making_are_found() => Measure("mutated rules", LabelledRule.FromFile("DefectiveRules.txt"));

    [Fact]
    public void Published_rules_are_left_alone() => Measure("published rules", LabelledRule.FromFile("PublishedRules.txt"));

    [Fact]
    public void Unusual_rules_are_left_alone() => Measure("unusual rules", LabelledRule.FromFile("UnusualRules.txt"));

    /// <summary>What was once said of rules that are right is said no more; where a note may be said, it is that note.</summary>
    [Fact]
    public void Rules_that_were_accused_are_left_alone()
    {
        var said = LabelledRule.FromFile("AccusedRules.txt")
            .SelectMany(rule => rule.Analyze().Where(finding => !rule.Tolerated.Contains(finding.Id)).Select(finding => $"{finding.Id} on {rule.Name}: {finding.Message}"));
        Assert.True(!said.Any(), string.Join("\n", said));
    }

    /// <summary>Prints recall per label and false alarms, and holds them to the goals.</summary>
    private void Measure(string title, LabelledRule[] rules)
    {
        var wanted = new SortedDictionary<string, (int Found, int All)>(StringComparer.Ordinal);
        var (alarms, missed) = (new List<string>(), new List<string>());
        foreach (var rule in rules)
        {
            var findings = rule.Analyze();
            var found = findings.Select(finding => finding.Id).Distinct().ToArray();
            if (rule.IsCorrect)
                alarms.AddRange(findings.Where(finding => !LintIds.IsNote(finding.Id)).Select(finding => $"{finding.Id} on {rule.Name}: {finding.Message}"));
            var isNamed = rule.Any && rule.Wanted.Any(found.Contains);
            foreach (var id in rule.Wanted)
            {
                var (hits, all) = wanted.GetValueOrDefault(id);
                var isFound = isNamed || found.Contains(id);
                wanted[id] = (hits + (isFound ? 1 : 0), all + 1);
                if (!isFound)
                    missed.Add($"{id} on {rule.Name}, where there is: {string.Join("; ", findings.Select(finding => $"{finding.Id} {finding.Message}"))}");
            }
        }

        output.WriteLine(Table(title, rules, wanted, alarms, missed));
        Assert.Empty(alarms);
        Assert.True(wanted.Values.Sum(count => count.Found) >= 0.9 * wanted.Values.Sum(count => count.All), string.Join("\n", missed));
        Assert.All(wanted.Where(entry => s_complete.Contains(entry.Key)), entry => Assert.Equal(entry.Value.All, entry.Value.Found));
    }

    private static string Table(
        string title, LabelledRule[] rules, SortedDictionary<string, (int Found, int All)> wanted, List<string> alarms, List<string> missed)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{title}: {rules.Length}, {rules.Count(rule => rule.IsCorrect)} of them correct, false alarms {alarms.Count}");
        foreach (var (id, (hits, all)) in wanted)
            table.AppendLine(CultureInfo.InvariantCulture, $"  {id}  {hits,3} of {all,3}  {(double)hits / all,5:P0}");
        foreach (var line in alarms.Select(alarm => $"false alarm {alarm}").Concat(missed.Select(miss => $"missed {miss}")))
            table.AppendLine(line);
        return table.ToString();
    }
}
