using System.Globalization;
using OptDsl.Execution;

namespace OptDsl;

/// <content>What the optimizer shows of itself.</content>
public partial class Optimizer<T>
{
    /// <summary>The optimizer in a line: name, groups, parameters, elements, steps.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Optimizer<{typeof(T).Name}>{(Name is null ? "" : $" '{Name}'")}: {Count(_groups.Count, "group")}, {Count(_slots.Count, "parameter")}, {_slots.Values.Sum(slot => (long)slot.Parameter.Length):N0} elements, step {StepCount}");

    /// <summary>
    /// A table of the groups for a console: rule, learning rate of the next step, parameters, elements, bytes of states, frozen
    /// parameters, and steps; on 100 columns and more also what is frozen and the schedule of the rate. The last line sums up.
    /// </summary>
    /// <param name="width">The width of the console in columns, at least 60.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 60.</exception>
    public string Summary(int width = 80)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, SummaryTable.MinWidth);
        var rows = _groups.Select(group => new SummaryRow(
            group.Title,
            group.Rule.Description.Name,
            group.RateText,
            group.Slots.Count,
            group.Slots.Sum(slot => (long)slot.Parameter.Length),
            group.StateBytes,
            group.Slots.Count(slot => slot.Frozen),
            group.MostSteps,
            group.ScheduleText)).ToList();
        return SummaryTable.Write(rows, StepCount, width);
    }

    internal static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
