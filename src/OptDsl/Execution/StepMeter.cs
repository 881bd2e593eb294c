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

    private static readonly Counter<long> s_skipped =
        s_meter.CreateCounter<long>("optdsl.step.skipped", "{step}", "Steps left out because a gradient was not finite.");

    /// <summary>True while someone listens to a measurement of steps.</summary>
    public static bool IsEnabled => s_duration.Enabled || s_gradientNorm.Enabled || s_updateNorm.Enabled || s_updateRatio.Enabled;

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

    private static KeyValuePair<string, object?> Tag(string optimizer) => new("optimizer", optimizer);
}
