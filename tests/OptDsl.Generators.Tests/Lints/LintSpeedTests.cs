using System.Globalization;
using OptDsl.Language.Checks.Analysis;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>What the analyses of a rule cost while somebody types: processor time, warm, the best of several rounds.</summary>
[Collection(nameof(LintSpeedTests))]
[CollectionDefinition(nameof(LintSpeedTests), DisableParallelization = true)]
public sealed class LintSpeedTests(ITestOutputHelper output)
{
    private const int Rounds = 5;

    /// <summary>What a rule may take in a build without optimisation; an optimised one stays below 5 ms.</summary>
    private const double MeanLimit = 10;

    private const double WorstLimit = 50;

    [Fact]
    public void Analysing_a_rule_takes_a_few_milliseconds()
    {
        (string Title, LabelledRule[] Rules)[] sets =
        [
            ("rules from practice", LabelledRule.Corpus()),
            ("defective rules", LabelledRule.FromFile("DefectiveRules.txt")),
            ("published rules", LabelledRule.FromFile("PublishedRules.txt")),
        ];
        var models = sets.SelectMany(set => set.Rules).ToDictionary(rule => rule, rule => rule.Compile());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var rule in models.Keys)
                Time(rule);
        }

        foreach (var (title, rules) in sets)
            Report(title, [.. rules.Select(rule => (Enumerable.Range(0, Rounds).Min(_ => Time(rule)), rule.Name))]);

        double Time(LabelledRule rule)
        {
            var before = Environment.CpuUsage.TotalTime;
            RuleLints.Analyze(models[rule], rule.Options, TestContext.Current.CancellationToken);
            return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }
    }

    private void Report(string title, (double Time, string Name)[] rules)
    {
        var (mean, worst) = (rules.Average(rule => rule.Time), rules.Max(rule => rule.Time));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: mean {mean:0.0} ms, worst {worst:0.0} ms"));
        foreach (var (time, name) in rules.OrderDescending().Take(5))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time,6:0.0} ms  {name}"));
        Assert.InRange(mean, 0, MeanLimit);
        Assert.InRange(worst, 0, WorstLimit);
    }
}
