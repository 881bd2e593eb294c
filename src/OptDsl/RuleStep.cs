namespace OptDsl;

/// <summary>A step as a rule sees it: what it counts, where its schedules are, and what its group has to say about the learning rate.</summary>
/// <param name="Count">The <c>t</c> of the formulas: 1 for the first step.</param>
/// <param name="ScheduleStep">The step at which schedules are read: 1 for the first.</param>
/// <remarks>A number of type <see cref="long"/> is a step that counts for both, without a group.</remarks>
public readonly record struct RuleStep(long Count, long ScheduleStep)
{
    /// <summary>The learning rate in place of the rule's own; null for the rule's.</summary>
    public Schedule? LearningRate { get; init; }

    /// <summary>A factor on the learning rate.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>The shape of the tensors that step, for rules that see rows and columns.</summary>
    public TensorShape Shape { get; init; }

    /// <summary>A step that counts for the formulas and for the schedules.</summary>
    /// <param name="step">The step, 1 for the first.</param>
    public static implicit operator RuleStep(long step) => FromInt64(step);

    /// <summary>A step that counts for the formulas and for the schedules.</summary>
    /// <param name="step">The step, 1 for the first.</param>
    public static RuleStep FromInt64(long step) => new(step, step);
}
