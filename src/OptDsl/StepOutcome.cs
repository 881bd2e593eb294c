namespace OptDsl;

/// <summary>What a call of <see cref="Optimizer{T}.Step"/> did.</summary>
public enum StepOutcome
{
    /// <summary>The parameters were updated.</summary>
    Stepped,

    /// <summary>The gradient of one more part of the batch was counted; the parameters are as they were.</summary>
    Accumulated,

    /// <summary>The gradient was not finite: parameters, states and step counts are as they were.</summary>
    Skipped,
}
