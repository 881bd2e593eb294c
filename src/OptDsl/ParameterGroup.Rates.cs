using System.Globalization;

namespace OptDsl;

/// <content>The learning rate.</content>
public sealed partial class ParameterGroup<T>
{
    /// <summary>
    /// The learning rate of the next step, of the parameters that have stepped the most. Setting it keeps it: in place of the rule's
    /// schedule there is this number, and the factor is 1.
    /// </summary>
    /// <exception cref="InvalidOperationException">The rule has no learning rate: see <see cref="HyperDescription.IsLearningRate"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or outside the rule's range, or the schedule has no value.</exception>
    public double LearningRate
    {
        get
        {
            _ = RateHyper;
            return Rule.HyperAt(Shape.LearningRate, StepAt(MostSteps + 1, _optimizer.StepCount + 1));
        }

        set
        {
            var hyper = RateHyper;
            if (!(value >= hyper.Min && value <= hyper.Max && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(nameof(LearningRate), value, string.Create(CultureInfo.InvariantCulture, $"The learning rate must be finite, and from {hyper.Min} to {hyper.Max}."));
            (LearningRateSchedule, LearningRateFactor) = (value, 1);
        }
    }

    /// <summary>The schedule of the learning rate in place of the rule's; null, as at first, for the rule's own.</summary>
    /// <remarks>Groups with one rule may so have rates of their own.</remarks>
    public Schedule? LearningRateSchedule { get; set; }

    /// <summary>A factor on the learning rate, on top of its schedule: 0.1 for a pre-trained body; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get;
        set
        {
            if (!(value >= 0 && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(nameof(LearningRateFactor), value, "The factor must be finite and not negative.");
            field = value;
        }
    }
    = 1;

    private HyperDescription RateHyper => Shape.LearningRate >= 0
        ? Rule.Description.Hypers[Shape.LearningRate]
        : throw new InvalidOperationException($"The rule {Rule.Description.Name} has no learning rate: neither a hyper-parameter of type {nameof(Schedule)} nor one in a property {nameof(LearningRate)}.");
}
