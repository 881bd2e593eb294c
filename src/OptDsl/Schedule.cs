using System.Runtime.CompilerServices;

namespace OptDsl;

/// <summary>A hyper-parameter as a function of the step.</summary>
public abstract class Schedule
{
    /// <summary>The value at a step.</summary>
    /// <param name="step">The step, 1 for the first.</param>
    public abstract double At(long step);

    /// <summary>The name of the class and its settings: <c>Cosine { Initial = 0.1, Final = 0, Steps = 1000 }</c>.</summary>
    /// <remarks>Checkpoints hold it, to tell a schedule from another that happens to have the same value.</remarks>
    public override string ToString() => DescribeSettings() is { Length: > 0 } settings ? $"{GetType().Name} {{ {settings} }}" : GetType().Name;

    /// <summary>
    /// Refuses settings that make no sense together; called before every use of a declared schedule. The limits of one setting
    /// alone are at its <see cref="HyperAttribute"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting makes no sense; the exception names it.</exception>
    protected virtual void CheckSettings()
    {
    }

    /// <summary>The settings as <see cref="ToString"/> shows them; empty where there are none.</summary>
    protected virtual string DescribeSettings() => "";

    /// <summary>The values of the first steps: entry 0 is step 1.</summary>
    /// <param name="steps">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative.</exception>
    public double[] ToArray(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var values = new double[steps];
        for (var i = 0; i < steps; i++)
            values[i] = At(i + 1L);
        return values;
    }

    /// <summary>This schedule for a number of steps, then another, which counts its own steps from 1.</summary>
    /// <param name="steps">How many steps this schedule lasts.</param>
    /// <param name="next">What follows; a number for a constant value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    public Schedule Then(long steps, Schedule next)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentNullException.ThrowIfNull(next);
        return new SequentialSchedule(this, steps, next);
    }

    /// <summary>The schedule that a function computes: <c>Schedule.From(t => 0.1 / t)</c>.</summary>
    /// <param name="value">The value at a step, 1 for the first; the same whenever it is asked for the same step.</param>
    /// <param name="text">What the schedule is called in checkpoints and in print; the compiler fills in the function's text.</param>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public static Schedule From(Func<long, double> value, [CallerArgumentExpression(nameof(value))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(text);
        return new FunctionSchedule(value, text);
    }

    /// <summary>The schedule that has the same value at every step.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Schedule(double value) => FromDouble(value);

    /// <summary>The schedule that has the same value at every step.</summary>
    /// <param name="value">The value.</param>
    public static Schedule FromDouble(double value) => new ConstantSchedule(value);

    /// <summary>True for the same value at every step.</summary>
    internal virtual bool IsConstant => false;

    /// <summary>What has become of the schedule in the training so far, by name: checkpoints hold it. Nothing for functions of the step.</summary>
    internal virtual IReadOnlyDictionary<string, double> Progress => System.Collections.Immutable.ImmutableDictionary<string, double>.Empty;

    /// <summary>Goes on from where a schedule of the same kind was.</summary>
    /// <returns>False, and nothing has changed, where it cannot have been there.</returns>
    internal virtual bool Restore(IReadOnlyDictionary<string, double> progress) => false;

    private sealed class ConstantSchedule(double value) : Schedule
    {
        internal override bool IsConstant => true;

        public override double At(long step) => value;

        public override string ToString() => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
