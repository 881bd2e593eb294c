using System.Globalization;
using System.Text;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Report;

/// <summary>What was aimed at, what came of it: the worst case of each goal, named.</summary>
internal static class GoalTable
{
    // What a ratio may be off by: 5 % in the caches, 10 % in memory.
    private const double CacheMargin = 0.05;
    private const double MemoryMargin = 0.10;
    private const int Large = 1 << 22;

    private static readonly string[] Tuned = ["SGD", "momentum", "AdamW", "RMSProp"];

    public static string Of(Measurements measured)
    {
        var text = new StringBuilder("| goal | worst case | verdict |\n|---|---|---|\n");
        Row("SGD, momentum, AdamW, RMSProp: time ÷ C ≤ 1.00 at every size", AtMost(1, Steps(Tuned).Where(row => row.Case.Threads == 1).Select(OverC)));
        Row("the same on two threads", AtMost(1, Steps(Tuned).Where(row => row.Case.Threads > 1).Select(OverC)));
        Row("SGD, momentum: time ÷ C ≤ 0.90 at 1K and 16K", AtMost(0.9, Steps("SGD", "momentum").Where(row => row.Case.Length <= 1 << 14).Select(OverC)));
        Row("Lion: time ÷ C ≤ 1.00", AtMost(1, Steps("Lion").Where(row => row.Case.Threads == 1).Select(OverC)));
        Row("`Update` at 1K: time ÷ C ≤ 1.05", AtMost(1.05, Steps([.. Tuned, "Lion"]).Where(row => row.Case.Length == 1 << 10).Select(OverC)));
        Row("200 tensors of 128 to 2K: time ÷ C ≤ 1.10", AtMost(1.1, measured.SmallTensors.Where(item => item.Sizes == Measurements.SmallSizes)
            .Select(item => (item.Rule, item.Result.Ratio(Contestant.Optimizer, Contestant.C)?.Median, CacheMargin))));
        Row("two threads at 4M: time ÷ C ≤ 1.05", AtMost(1.05, Steps([.. Tuned, "Lion"]).Where(row => row.Case is { Length: Large, Threads: > 1 }).Select(OverC)));
        Row("≥ 95 % of the streaming limit from 4M on, one and two threads", AtLeast(0.95, measured.Steps.Where(row => row.Case.Length >= Large && !row.Case.Rule.Reduces)
            .Select(row => (Name(row), row.Result.Ratio(Contestant.Limit, row.Ours)?.Median, Margin(row)))));
        Row("AdamW at 16K: ≥ 90 % of the divider's limit", AtLeast(0.9, Steps("AdamW").Where(row => row.Case is { Length: 1 << 14, Threads: 1 })
            .Select(row => (Name(row), row.Result.Ratio(Contestant.Divider, row.Ours)?.Median, CacheMargin))));
        Row("≥ 1.5 times as fast as TensorPrimitives in the best blocking", AtLeast(1.5, measured.Steps.Where(row => row.Case.Threads == 1).Select(row => (Name(row), OverTensor(row), Margin(row)))));
        Row("AdamW ≥ 2.5 times as fast as TensorPrimitives", AtLeast(2.5, Steps("AdamW").Where(row => row.Case.Threads == 1).Select(row => (Name(row), OverTensor(row), Margin(row)))));
        Row("norm + clip + step + zero ≤ 0.50 of four passes at 256K", AtMost(0.5, Pipeline(1 << 18)));
        Row("norm + clip + step + zero ≤ 0.70 of four passes at 16M", AtMost(0.7, Pipeline(1 << 24)));
        return text.ToString();

        IEnumerable<StepRow> Steps(params string[] rules) => measured.Steps.Where(row => rules.Contains(row.Case.Rule.Name));

        IEnumerable<(string, double?, double)> Pipeline(int length) => measured.Pipelines.Where(item => item.Length == length)
            .Select(item => (ReportText.Size(length), item.Result.Ratio(PipelineComparison.OneCall, PipelineComparison.FourPasses)?.Median, MemoryMargin));

        void Row(string goal, (string Worst, string Verdict) result) =>
            text.Append(CultureInfo.InvariantCulture, $"| {goal} | {result.Worst} | {result.Verdict} |\n");
    }

    private static (string Name, double? Value, double Margin) OverC(StepRow row) => (Name(row), row.Result.Ratio(row.Ours, Contestant.C)?.Median, Margin(row));

    private static double? OverTensor(StepRow row) =>
        new[] { Contestant.Tensor, Contestant.TensorBlocks }.Select(name => row.Result.Ratio(name, row.Ours)?.Median).Where(ratio => ratio is not null).Min();

    private static string Name(StepRow row) => $"{row.Case.Rule.Name}, {ReportText.Size(row.Case.Length)}{(row.Case.Threads > 1 ? ", two threads" : "")}";

    private static double Margin(StepRow row) => row.Case.Length >= Large ? MemoryMargin : CacheMargin;

    private static (string Worst, string Verdict) AtMost(double goal, IEnumerable<(string Name, double? Value, double Margin)> items) =>
        Worst(items, item => item.Value!.Value / goal / (1 + item.Margin));

    private static (string Worst, string Verdict) AtLeast(double goal, IEnumerable<(string Name, double? Value, double Margin)> items) =>
        Worst(items, item => goal / item.Value!.Value / (1 + item.Margin));

    private static (string Worst, string Verdict) Worst(IEnumerable<(string Name, double? Value, double Margin)> items, Func<(string Name, double? Value, double Margin), double> excess)
    {
        var known = items.Where(item => item.Value is not null).ToArray();
        if (known.Length == 0)
            return ("–", "not measured");
        var worst = known.MaxBy(excess);
        var missed = known.Count(item => excess(item) > 1);
        var share = missed > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {missed} of {known.Length} cases miss it") : "";
        var verdict = missed > 0 ? "**missed**"
            : known.All(item => excess(item) * (1 + item.Margin) <= 1) ? "met"
            : string.Create(CultureInfo.InvariantCulture, $"met within the margin of {worst.Margin:0 %}");
        return (string.Create(CultureInfo.InvariantCulture, $"{worst.Value:0.00} ({worst.Name}{share})"), verdict);
    }
}
