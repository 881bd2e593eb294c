using System.Globalization;
using System.Text;
using OptDsl.Generators.Tests.Lints;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Benchmarks.Checks;

/// <summary>
/// What the analyses of a rule cost while somebody types: processor time of this process, the best of several rounds, over the labelled
/// rules of the tests. The first round is told apart: it compiles the analyses themselves.
/// </summary>
internal static class CheckCost
{
    private const int Rounds = 5;
    private static readonly string s_rules = Path.Combine(ProjectFolder.Path, "..", "OptDsl.Generators.Tests");

    /// <param name="each">True for a line a rule, else only the dearest ones.</param>
    public static string Measure(bool each)
    {
        (string Title, LabelledRule[] Rules)[] sets =
        [
            ("rules from practice", LabelledRule.ReadJson(Path.Combine(s_rules, "Corpus", "corpus.json"))),
            .. new[] { "DefectiveRules", "PublishedRules", "UnusualRules" }.Select(name => (name, LabelledRule.Read(Path.Combine(s_rules, "Lints", $"{name}.txt")))),
        ];
        var entries = sets.SelectMany(set => set.Rules.Select(rule => new Entry(set.Title, rule, FormulaCompiler.Compile(rule.Source).Model!))).ToArray();
        foreach (var entry in entries)
            entry.Cold = Time(entry);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var entry in entries)
                entry.Best = Math.Min(entry.Best, Time(entry));
        }

        var text = new StringBuilder();
        foreach (var set in entries.GroupBy(entry => entry.Set))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{set.Key}: mean {set.Average(entry => entry.Best):0.00} ms, worst {set.Max(entry => entry.Best):0.00} ms; first round, of {set.Count()} rules, {set.Sum(entry => entry.Cold):0} ms");
            foreach (var entry in set.OrderByDescending(entry => entry.Best).Take(each ? int.MaxValue : 5))
                text.AppendLine(CultureInfo.InvariantCulture, $"  {entry.Best,6:0.00} ms  {Count(entry).Operations,8} operations  {entry.Rule.Name}");
        }

        return text.ToString();
    }

    private static double Time(Entry entry)
    {
        var before = Environment.CpuUsage.TotalTime;
        RuleLints.Analyze(entry.Model, entry.Rule.Options);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static StepTally Count(Entry entry)
    {
        var tally = new StepTally();
        RuleLints.Analyze(entry.Model, entry.Rule.Options, tally, CancellationToken.None);
        return tally;
    }

    private sealed record Entry(string Set, LabelledRule Rule, RuleModel Model)
    {
        public double Cold { get; set; }

        public double Best { get; set; } = double.PositiveInfinity;
    }
}
