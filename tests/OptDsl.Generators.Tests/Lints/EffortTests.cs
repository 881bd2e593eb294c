using System.Globalization;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>
/// How much the analyses run: what a rule costs while somebody types, in operations, which no other process changes. The benchmarks
/// measure the time.
/// </summary>
public sealed class EffortTests(ITestOutputHelper output)
{
    /// <summary>Operations over a small tensor that the analyses of a rule take at most, on average and for the dearest of each set.</summary>
    private static readonly (string Title, Func<LabelledRule[]> Rules, long Mean, long Worst)[] s_sets =
    [
        ("rules from practice", LabelledRule.Corpus, 65_000, 235_000),
        ("defective rules", () => LabelledRule.FromFile("DefectiveRules.txt"), 52_000, 300_000),
        ("published rules", () => LabelledRule.FromFile("PublishedRules.txt"), 82_000, 325_000),
        ("unusual rules", () => LabelledRule.FromFile("UnusualRules.txt"), 80_000, 385_000),
    ];

    [Fact]
    public void Analysing_a_rule_takes_so_many_operations()
    {
        foreach (var (title, rules, mean, worst) in s_sets)
        {
            var tallies = rules().Select(rule => (Tally: Count(rule), rule.Name)).ToArray();
            var average = tallies.Average(entry => entry.Tally.Operations);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {average:0} operations on average"));
            foreach (var (tally, name) in tallies.OrderByDescending(entry => entry.Tally.Operations).Take(5))
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {tally.Operations,8} operations in {tally.Steps,6} steps of {tally.Runs,4} runs  {name}"));
            Assert.InRange(average, 1, mean);
            Assert.InRange(tallies.Max(entry => entry.Tally.Operations), 1, worst);
        }
    }

    [Fact]
    public void An_effort_is_the_same_every_time()
    {
        var rule = LabelledRule.FromFile("PublishedRules.txt")[0];
        var (first, second) = (Count(rule), Count(rule));
        Assert.Equal((first.Runs, first.Steps, first.Operations), (second.Runs, second.Steps, second.Operations));
        Assert.True(first.Runs > 0 && first.Steps > first.Runs && first.Operations > first.Steps);
    }

    private static StepTally Count(LabelledRule rule)
    {
        var tally = new StepTally();
        RuleLints.Analyze(rule.Compile(), rule.Options, tally, TestContext.Current.CancellationToken);
        return tally;
    }
}
