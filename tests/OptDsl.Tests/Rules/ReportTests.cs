using System.Globalization;
using System.Text;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>The library at a glance: what each rule is held to, and how far off it is at worst.</summary>
public sealed class ReportTests(ITestOutputHelper output)
{
    [Fact]
    public void The_report_counts_every_recorded_case()
    {
        var rows = DeclaredRule.All.ToDictionary(rule => rule.Name, _ => new Row());
        var (passed, applicable, leftOut) = (0, 0, 0);
        foreach (var golden in GoldenFile.CaseNames.Select(GoldenCase.Load))
        {
            var differences = golden.IsDouble
                ? GoldenRun.Of(golden, rule => (IUpdateRule<double>)rule)
                : GoldenRun.Of(golden, rule => (IUpdateRule<float>)rule);
            if (differences.Count == 0)
            {
                leftOut++;
                continue;
            }

            applicable++;
            passed += differences.All(difference => difference.Worst <= golden.Tolerance) ? 1 : 0;
            foreach (var rule in differences.GroupBy(difference => difference.Claim.Rule.Name))
                rows[rule.Key].Add(golden, rule.Max(difference => difference.Weights), rule.Max(difference => difference.States));
        }

        foreach (var rule in PaperTests.Covered.Where(rule => rows[rule].Cases == 0))
            rows[rule].AddPaper(PaperTests.Worst<double>(rule), PaperTests.Worst<float>(rule));
        output.WriteLine(Table(rows, passed, applicable, leftOut));
        Assert.Equal(applicable, passed);
        Assert.Equal(GoldenFile.CaseNames.Count(), applicable + leftOut);
    }

    private static string Table(Dictionary<string, Row> rows, int passed, int applicable, int leftOut)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{rows.Count} rules; {passed} of {applicable} recorded cases pass; {leftOut} are of matrices only.");
        text.AppendLine("Worst difference relative to the largest weight of the coordinate; states relative to themselves.");
        text.AppendLine();
        text.AppendLine("rule               held to      weights, double  states, double  weights, float  states, float");
        foreach (var (name, row) in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-18} {row.HeldTo,-12} {Shown(row.Double.Weights),15}  {Shown(row.Double.States),14}  {Shown(row.Single.Weights),14}  {Shown(row.Single.States),13}");
        return text.ToString();
    }

    private static string Shown(double? value) => value?.ToString("0.0E-00", CultureInfo.InvariantCulture) ?? "-";

    private sealed class Row
    {
        public int Cases { get; private set; }

        public (double? Weights, double? States) Double { get; private set; }

        public (double? Weights, double? States) Single { get; private set; }

        public string HeldTo => Cases == 0 ? "its paper" : Cases == 1 ? "1 case" : string.Create(CultureInfo.InvariantCulture, $"{Cases} cases");

        public void Add(GoldenCase golden, double weights, double states)
        {
            Cases++;
            if (golden.IsDouble)
                Double = (Math.Max(Double.Weights ?? 0, weights), Math.Max(Double.States ?? 0, states));
            else
                Single = (Math.Max(Single.Weights ?? 0, weights), Math.Max(Single.States ?? 0, states));
        }

        public void AddPaper(double weightsInDouble, double weightsInSingle) => (Double, Single) = ((weightsInDouble, null), (weightsInSingle, null));
    }
}
