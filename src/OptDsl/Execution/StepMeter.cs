using System.Diagnostics.Metrics;

namespace OptDsl.Execution;

/// <summary>The instruments of the meter <c>OptDsl</c>. Without listeners they record nothing, and nothing is measured for them.</summary>
internal static class StepMeter
{
    private static readonly Meter s_meter = new("OptDsl");

    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("optdsl.step.duration", "s", "The time of a step.");

    private static readonly Histogram<double> s_gradientNorm =
        s_meter.CreateHistogram<double>("optdsl.gradient.norm", null, "The norm of the gradient, scaled but not clipped.");

    private static readonly Histogram<double> s_updateNorm =
        s_meter.CreateHistogram<double>("optdsl.update.norm", null, "The norm of what a step added to the weights.");

    private static readonly Histogram<double> s_updateRatio =
        s_meter.CreateHistogram<double>("optdsl.update.ratio", null, "The norm of the update in relation to that of the weights.");

    private static readonly Histogram<double> s_groupRate =
        s_meter.CreateHistogram<double>("optdsl.group.learning_rate", null, "The learning rate of a group.");

    private static readonly Histogram<double> s_groupGradientNorm =
        s_meter.CreateHistogram<double>("optdsl.group.gradient.norm", null, "The norm of the gradient of a group, scaled but not clipped.");

    private static readonly Histogram<double> s_groupUpdateRatio =
        s_meter.CreateHistogram<double>("optdsl.group.update.ratio", null, "The norm of the update of a group in relation to that of its weights.");

    private static readonly Counter<long> s_skipped =
        s_meter.CreateCounter<long>("optdsl.step.skipped", "{step}", "Steps left out because a gradient was not finite.");

    /// <summary>True while someone listens to a measurement of steps.</summary>
    public static bool IsEnabled => s_duration.Enabled || s_gradientNorm.Enabled || s_updateNorm.Enabled || s_updateRatio.Enabled || s_groupRate.Enabled
        || s_groupGradientNorm.Enabled || s_groupUpdateRatio.Enabled;

    /// <summary>Records a step.</summary>
    public static StepRecord Record(string? optimizer, StepRecord record)
    {
        Record(s_duration, record.Duration.TotalSeconds, optimizer);
        Record(s_gradientNorm, record.GradientNorm, optimizer);
        if (!double.IsNaN(record.UpdateNorm))
        {
            Record(s_updateNorm, record.UpdateNorm, optimizer);
            Record(s_updateRatio, record.UpdateRatio, optimizer);
        }

        return record;
    }

    /// <summary>Records a step of a group.</summary>
    /// <param name="optimizer">The name of the optimizer.</param>
    /// <param name="group">The name of the group, or of its first parameter.</param>
    /// <param name="record">What was measured.</param>
    public static void Record(string? optimizer, string group, GroupRecord record)
    {
        Record(s_groupRate, record.LearningRate, optimizer, group);
        Record(s_groupGradientNorm, record.GradientNorm, optimizer, group);
        Record(s_groupUpdateRatio, record.UpdateRatio, optimizer, group);
    }

    /// <summary>Counts a step that was skipped.</summary>
    public static void CountSkipped(string? optimizer)
    {
        if (optimizer is null)
            s_skipped.Add(1);
        else
            s_skipped.Add(1, Tag(optimizer));
    }

    private static void Record(Histogram<double> histogram, double value, string? optimizer)
    {
        if (optimizer is null)
            histogram.Record(value);
        else
            histogram.Record(value, Tag(optimizer));
    }

    private static void Record(Histogram<double> histogram, double value, string? optimizer, string group)
    {
        if (double.IsNaN(value) || !histogram.Enabled)
            return;
        var tag = new KeyValuePair<string, object?>("group", group);
        if (optimizer is null)
            histogram.Record(value, tag);
        else
            histogram.Record(value, Tag(optimizer), tag);
    }

    private static KeyValuePair<string, object?> Tag(string optimizer) => new("optimizer", optimizer);
}
