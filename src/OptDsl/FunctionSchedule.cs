namespace OptDsl;

/// <summary>A schedule that a function computes.</summary>
internal sealed class FunctionSchedule(Func<long, double> value, string text) : Schedule
{
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return value(step);
    }

    public override string ToString() => $"From({text})";
}
