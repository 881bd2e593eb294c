namespace OptDsl;

/// <summary>A hyper-parameter as a function of the step.</summary>
public abstract class Schedule
{
    /// <summary>The value at a step.</summary>
    /// <param name="step">The step, 1 for the first.</param>
    public abstract double At(long step);

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

    /// <summary>The schedule that has the same value at every step.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Schedule(double value) => FromDouble(value);

    /// <summary>The schedule that has the same value at every step.</summary>
    /// <param name="value">The value.</param>
    public static Schedule FromDouble(double value) => new ConstantSchedule(value);

    private sealed class ConstantSchedule(double value) : Schedule
    {
        public override double At(long step) => value;

        public override string ToString() => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
