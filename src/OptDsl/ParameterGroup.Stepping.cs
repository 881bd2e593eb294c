using System.Globalization;
using OptDsl.Checkpoints;
using OptDsl.Kernels;

namespace OptDsl;

/// <content>What the group makes of a step.</content>
public sealed partial class ParameterGroup<T>
{
    /// <summary>How often the parameters that have stepped the most have.</summary>
    internal long MostSteps
    {
        get
        {
            var most = 0L;
            foreach (var slot in Slots)
                most = Math.Max(most, slot.StepsTaken);
            return most;
        }
    }

    /// <summary>A step of the group's parameters.</summary>
    /// <param name="count">How often they will have stepped.</param>
    /// <param name="optimizerStep">The step of the optimizer.</param>
    internal RuleStep StepAt(long count, long optimizerStep) =>
        OwnStepAt(count, optimizerStep) with { LearningRate = LearningRateSchedule, LearningRateFactor = LearningRateFactor };

    /// <summary>A step with the rule's own learning rate.</summary>
    /// <inheritdoc cref="StepAt"/>
    internal RuleStep OwnStepAt(long count, long optimizerStep) => new(count, _optimizer.SchedulesFollow == ScheduleClock.Optimizer ? optimizerStep : count);

    /// <summary>Checks the hyper-parameters of a step, and computes what is the same for all tensors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A hyper-parameter makes no sense.</exception>
    internal void BeginStep(long count, long optimizerStep, TensorShape shape, Span<double> scalars)
    {
        var step = StepAt(count, optimizerStep) with { Shape = shape };
        try
        {
            Rule.BeginStep(step, scalars);
            if (typeof(T) == typeof(float) && Shape.LearningRate >= 0 && Rule.HyperAt(Shape.LearningRate, step) is var rate and (> float.MaxValue or < float.MinValue))
                throw new ArgumentOutOfRangeException(RateProperty, rate, $"{RateProperty} must be a number that {nameof(Single)} has.");
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new ArgumentOutOfRangeException(
                exception.ParamName, exception.ActualValue, $"{Rule.Description.Name} of {Members}, step {count}: {exception.Reason}");
        }
    }

    /// <summary>The learning rate of the step that was made; NaN where there is none.</summary>
    internal double LastRate(long optimizerStep) => Shape.LearningRate < 0 ? double.NaN : Rule.HyperAt(Shape.LearningRate, StepAt(Math.Max(1, MostSteps), optimizerStep));

    /// <summary>The settings that differ from those of another optimizer where steps to come will differ.</summary>
    internal IEnumerable<SavedSetting> Settings =>
    [
        new(nameof(Clipping), Clipping?.ToString() ?? SavedSetting.None),
        new(nameof(LearningRateSchedule), LearningRateSchedule?.ToString() ?? SavedSetting.None),
        new(nameof(LearningRateFactor), LearningRateFactor.ToString(CultureInfo.InvariantCulture)),
        .. StorageText is { } storage ? [new SavedSetting(StorageSetting, storage)] : Array.Empty<SavedSetting>(),
    ];

    /// <summary>Sets a learning rate, the factor on it, or the storage of the states, as a checkpoint has it.</summary>
    /// <returns>False where it is another setting, or a schedule.</returns>
    internal bool Restore(SettingChange change)
    {
        if (change.Setting == StorageSetting)
            return RestoreStorage(change.Saved);
        double? number = double.TryParse(change.Saved, CultureInfo.InvariantCulture, out var value) ? value : null;
        if (change.Setting == nameof(LearningRateSchedule) && (number is not null || change.Saved == SavedSetting.None))
        {
            LearningRateSchedule = number is { } rate ? rate : null;
            return true;
        }

        if (change.Setting != nameof(LearningRateFactor) || number is not (>= 0 and < double.PositiveInfinity))
            return false;
        LearningRateFactor = number.Value;
        return true;
    }

    private string RateProperty => Rule.Description.Hypers[Shape.LearningRate].Property;

    /// <summary>The parameters in a few words.</summary>
    private string Members => Slots.Count == 1 ? $"parameter '{Slots[0].Parameter.Name}'" : $"parameter '{Slots[0].Parameter.Name}' and {Slots.Count - 1} more";
}
