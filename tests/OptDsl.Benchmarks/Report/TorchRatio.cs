using System.Globalization;
using OptDsl.Benchmarks.Contestants;
using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks.Report;

/// <summary>PyTorch's time by ours.</summary>
internal static class TorchRatio
{
    public static double Of(Measurements measured, TorchRow row)
    {
        if (!int.TryParse(row.Size, CultureInfo.InvariantCulture, out var length))
        {
            var small = measured.SmallTensors.First(item => IsSame(item.Rule, row.Rule) && item.Sizes.StartsWith("128 ", StringComparison.Ordinal));
            return 1000 * row.Microseconds / small.Result.Nanoseconds(Contestant.Optimizer)!.Value;
        }

        var step = measured.Steps.First(item => IsSame(item.Case.Rule.Name, row.Rule) && item.Case.Length == length && item.Case.Threads == 1);
        return 1000 * row.Microseconds / step.Result.Nanoseconds(step.Ours)!.Value;
    }

    private static bool IsSame(string rule, string other) => string.Equals(rule, other, StringComparison.OrdinalIgnoreCase);
}
