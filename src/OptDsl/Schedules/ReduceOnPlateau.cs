using System.Globalization;

namespace OptDsl.Schedules;

/// <summary>
/// Multiplies the value by a factor whenever what is observed, a validation loss, has stopped getting better (PyTorch's and Keras'
/// ReduceLROnPlateau). It stands on top of another schedule, a constant unless set.
/// </summary>
/// <remarks>
/// Call <see cref="Observe"/> after every epoch. Checkpoints of an optimizer hold what it has observed, as <see cref="Reduction"/>,
/// <see cref="Best"/>, <see cref="BadObservations"/> and <see cref="CooldownLeft"/> tell, where it is the schedule of a rule or of a group.
/// </remarks>
public sealed class ReduceOnPlateau : Schedule
{
    /// <summary>What is reduced: a number, or a schedule.</summary>
    /// <exception cref="ArgumentNullException">The schedule is null.</exception>
    public Schedule Initial
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Initial));
            field = value;
        }
    }
    = 0.1;

    /// <summary>The smallest value.</summary>
    public double Final { get; set => field = NotNegative(value, nameof(Final)); }

    /// <summary>The factor of a reduction, from 0 to less than 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to less than 1.</exception>
    public double Factor
    {
        get;
        set => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Factor), value, "The factor must be from 0 to less than 1.");
    }
    = 0.1;

    /// <summary>How many observations in a row may be no better before the value is reduced at the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience { get; set => field = NotNegative(value, nameof(Patience)); } = 10;

    /// <summary>The share by which an observation must be better than the best to count as better.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double ImprovementShare { get; set => field = NotNegative(value, nameof(ImprovementShare)); } = 1e-4;

    /// <summary>How many observations after a reduction do not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Cooldown { get; set => field = NotNegative(value, nameof(Cooldown)); }

    /// <summary>True where larger observations are better: accuracies.</summary>
    public bool Maximize { get; set; }

    /// <summary>The product of the reductions so far.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Reduction { get; set => field = NotNegative(value, nameof(Reduction)); } = 1;

    /// <summary>The best observation so far; NaN before the first.</summary>
    public double Best { get; set; } = double.NaN;

    /// <summary>How many observations in a row have been no better.</summary>
    public int BadObservations { get; set => field = NotNegative(value, nameof(BadObservations)); }

    /// <summary>How many observations still do not count.</summary>
    public int CooldownLeft { get; set => field = NotNegative(value, nameof(CooldownLeft)); }

    /// <summary>Takes an observation into account; one that is NaN is no better.</summary>
    /// <param name="value">The loss, or whatever is to fall, or to grow with <see cref="Maximize"/>.</param>
    /// <returns>True where the value has been reduced.</returns>
    public bool Observe(double value)
    {
        if (IsBetter(value))
            (Best, BadObservations) = (value, 0);
        else
            BadObservations++;
        if (CooldownLeft > 0)
        {
            CooldownLeft--;
            BadObservations = 0;
        }

        if (BadObservations <= Patience)
            return false;
        Reduction *= Factor;
        (CooldownLeft, BadObservations) = (Cooldown, 0);
        return true;
    }

    /// <inheritdoc/>
    public override double At(long step) => Math.Max(Final, Initial.At(step) * Reduction);

    internal override IReadOnlyDictionary<string, double> Progress => new Dictionary<string, double>
    {
        [nameof(Reduction)] = Reduction,
        [nameof(Best)] = Best,
        [nameof(BadObservations)] = BadObservations,
        [nameof(CooldownLeft)] = CooldownLeft,
    };

    internal override bool Restore(IReadOnlyDictionary<string, double> progress)
    {
        if (!Progress.Keys.All(progress.ContainsKey))
            return false;
        var (reduction, bad, cooldown) = (progress[nameof(Reduction)], progress[nameof(BadObservations)], progress[nameof(CooldownLeft)]);
        if (reduction is not (>= 0 and <= 1) || bad is not (>= 0 and <= int.MaxValue) || cooldown is not (>= 0 and <= int.MaxValue))
            return false;
        (Reduction, Best, BadObservations, CooldownLeft) = (reduction, progress[nameof(Best)], (int)bad, (int)cooldown);
        return true;
    }

    /// <inheritdoc/>
    protected override string DescribeSettings() => string.Create(
        CultureInfo.InvariantCulture,
        $"Initial = {Initial}, Final = {Final}, Factor = {Factor}, Patience = {Patience}, ImprovementShare = {ImprovementShare}, Cooldown = {Cooldown}, Maximize = {Maximize}");

    private static T NotNegative<T>(T value, string name)
        where T : System.Numerics.INumber<T> =>
        value >= T.Zero ? value : throw new ArgumentOutOfRangeException(name, value, "The value must be at least 0.");

    private bool IsBetter(double value)
    {
        if (double.IsNaN(Best))
            return !double.IsNaN(value);
        var margin = ImprovementShare * Math.Abs(Best);
        return Maximize ? value > Best + margin : value < Best - margin;
    }
}
