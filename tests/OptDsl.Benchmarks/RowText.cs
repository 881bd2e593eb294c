using System.Globalization;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks;

/// <summary>A result as a line.</summary>
internal static class RowText
{
    public static string Of(StepRow row)
    {
        var result = row.Result;
        return string.Create(CultureInfo.InvariantCulture, $"""
            {row.Case.Rule.Name,-9} {row.Case.Length,9} {row.Case.Threads}T  {result.Nanoseconds(row.Ours),12:0} ns  x C {result.Ratio(row.Ours, Contestant.C),-20} limit {result.Ratio(Contestant.Limit, row.Ours),-20} divider {result.Ratio(Contestant.Divider, row.Ours)?.Median:0.00} naive {result.Ratio(Contestant.Naive, row.Ours)?.Median:0.00} TP {result.Ratio(Contestant.Tensor, row.Ours)?.Median:0.00} blocks {result.Ratio(Contestant.TensorBlocks, row.Ours)?.Median:0.00}{(result.Disturbed ? " (disturbed)" : "")}
            """);
    }
}
