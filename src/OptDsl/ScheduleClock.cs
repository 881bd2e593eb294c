namespace OptDsl;

/// <summary>Which steps schedules count.</summary>
public enum ScheduleClock
{
    /// <summary>
    /// The steps of each parameter, as the <c>t</c> of the formulas: one that was frozen for a while goes on where it stopped, and
    /// warms up when it first takes part.
    /// </summary>
    Parameter,

    /// <summary>The steps of the optimizer: all parameters have the same rate, also those that join late or were frozen.</summary>
    Optimizer,
}
