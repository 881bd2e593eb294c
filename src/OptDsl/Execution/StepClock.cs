namespace OptDsl.Execution;

/// <summary>A count of steps, which tensors that step together share.</summary>
/// <param name="steps">The steps so far.</param>
internal sealed class StepClock(long steps)
{
    public long Steps { get; set; } = steps;
}
