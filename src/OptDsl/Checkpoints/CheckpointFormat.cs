using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>What checkpoints consist of: the keys of their metadata, and how an optimizer becomes a file.</summary>
internal static class CheckpointFormat
{
    public const string FormatKey = "format";
    public const string Format = "optdsl.checkpoint";
    public const string StateKey = "state";
    private const string StepKey = "step";

    /// <summary>An optimizer as a file.</summary>
    /// <param name="state">What it tells besides tensors.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="averages">The averages.</param>
    /// <param name="gradients">What the ranks have added up in a step that is half accumulated; null where they are the parameters' own.</param>
    public static SafetensorsLayout Layout<T>(
        SavedState state, IReadOnlyList<ParameterGroup<T>> groups, IReadOnlyList<WeightAverage<T>> averages, IReadOnlyDictionary<Slot<T>, Memory<T>>? gradients = null)
        where T : unmanaged =>
        new(
            [
                new(FormatKey, Format),
                new(StepKey, state.Step.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new(StateKey, state.ToJson()),
            ],
            groups.SelectMany(group => group.Slots).SelectMany(slot => SlotImage<T>.Of(slot, averages, withGradient: state.Pending > 0, ofShare: slot.IsShared, gradients?.GetValueOrDefault(slot)).Tensors())
                .Concat(groups.SelectMany((group, index) => new GroupImage(index, group.Shape, group.States).Tensors())));

    /// <summary>A group as a checkpoint tells of it. The hyper-parameters are those of its parameters' last step.</summary>
    public static SavedGroup Describe<T>(ParameterGroup<T> group, long optimizerStep)
        where T : unmanaged
    {
        var rule = group.Rule.Description;
        var step = group.OwnStepAt(Math.Max(1, group.MostSteps), optimizerStep);
        return new SavedGroup(
            rule.Name,
            rule.Hash,
            rule.Formulas,
            [.. rule.Hypers.Select((hyper, i) => new SavedHyper(hyper.Symbol, hyper.Property, ValueAt(group.Rule, i, step), ScheduleOf(group.Rule, i)))],
            [.. group.Settings],
            [.. group.Slots.Select(SavedParameter.Of)],
            [.. SavedProgress.Of(group)]);
    }

    /// <summary>The value of a hyper-parameter; NaN where its schedule has none.</summary>
    public static double ValueAt(IUpdateRule rule, int hyper, RuleStep step)
    {
        try
        {
            return rule.HyperAt(hyper, step);
        }
        catch (ArgumentException)
        {
            return double.NaN;
        }
    }

    /// <summary>The schedule of a hyper-parameter as a text; null for a number.</summary>
    public static string? ScheduleOf(IUpdateRule rule, int hyper) => rule.ScheduleOf(hyper) is { IsConstant: false } schedule ? schedule.ToString() : null;
}
