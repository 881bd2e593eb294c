namespace OptDsl;

/// <summary>One schedule for a number of steps, then another that counts its steps anew.</summary>
internal sealed class SequentialSchedule(Schedule first, long steps, Schedule next) : Schedule
{
    public override double At(long step) => step <= steps ? first.At(step) : next.At(step - steps);

    public override string ToString() => $"{first} for {steps} steps, then {next}";
}
