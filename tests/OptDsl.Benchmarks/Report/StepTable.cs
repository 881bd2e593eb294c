using System.Globalization;
using System.Text;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Report;

/// <summary>Rules and sizes, line by line.</summary>
internal static class StepTable
{
    public static string Of(IEnumerable<StepRow> rows)
    {
        var text = new StringBuilder("| rule | elements | ns/element | time ÷ C | share of the limit | naive C# ÷ ours | TensorPrimitives ÷ ours | in blocks |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var result = row.Result;
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Case.Rule.Name}{(result.Disturbed ? " †" : "")} | {ReportText.Size(row.Case.Length)} | {result.Nanoseconds(row.Ours) / row.Case.Length:0.000} | {ReportText.Or(result.Ratio(row.Ours, Contestant.C))} | {Percent(result.Ratio(Contestant.Limit, row.Ours))} | {ReportText.Factor(result, Contestant.Naive, row.Ours)} | {ReportText.Factor(result, Contestant.Tensor, row.Ours)} | {ReportText.Factor(result, Contestant.TensorBlocks, row.Ours)} |\n");
        }

        return text.ToString();
    }

    private static string Percent(Spread? spread) =>
        spread is { } share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share.Median:0} % ({100 * share.Lower:0}–{100 * share.Upper:0})") : "–";
}
