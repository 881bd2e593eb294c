using System.Globalization;
using System.Runtime.CompilerServices;
using OptDsl.Checkpoints;
using OptDsl.Execution;

namespace OptDsl;

/// <content>What the group shows of itself.</content>
public sealed partial class ParameterGroup<T>
{
    /// <summary>What the group is called in summaries and measurements; none unless set: its first parameter stands for it.</summary>
    public string? Name { get; set; }

    /// <summary>What was measured of the group in the last step that was measured; see <see cref="Optimizer{T}.MeasuresSteps"/>.</summary>
    public GroupRecord? LastStep { get; internal set; }

    /// <summary>The number of bytes that states, averages apart, take in the memory of this process now; 0 before the first step.</summary>
    public long StateBytes => Slots.Sum(slot =>
        (slot.States?.Bytes ?? 0) + ((long)(slot.Slow?.Length ?? 0) * Unsafe.SizeOf<T>())
        + ((long)slot.TensorStates.Length * sizeof(double))) + ((long)States.Length * sizeof(double));

    /// <summary>The group in a line: rule, learning rate of the next step, parameters, elements, bytes of states.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Name is null ? "" : Name + ": ")}{Rule.Description.Name}{(Shape.LearningRate < 0 ? "" : $", learning rate {RateText}")}: {Optimizer<T>.Count(Slots.Count, "parameter")}, {Slots.Sum(slot => (long)slot.Parameter.Length):N0} elements, {SummaryTable.Bytes(StateBytes)} of states");

    /// <summary>The name, or the first parameter and how many more there are.</summary>
    internal string Title => Name ?? (Slots.Count switch
    {
        0 => "(empty)",
        1 => Slots[0].Parameter.Name,
        _ => string.Create(CultureInfo.InvariantCulture, $"{Slots[0].Parameter.Name} +{Slots.Count - 1}"),
    });

    /// <summary>The learning rate of the next step; a dash where the rule has none, or its schedule has no value.</summary>
    internal string RateText => Shape.LearningRate >= 0 && CheckpointFormat.ValueAt(Rule, Shape.LearningRate, StepAt(MostSteps + 1, _optimizer.StepCount + 1)) is var rate && !double.IsNaN(rate)
        ? rate.ToString("G4", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>The schedule of the learning rate, and the factor on it.</summary>
    internal string ScheduleText => Shape.LearningRate < 0 ? ""
        : (LearningRateSchedule ?? Rule.ScheduleOf(Shape.LearningRate))?.ToString() + (LearningRateFactor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × {LearningRateFactor}"));
}
