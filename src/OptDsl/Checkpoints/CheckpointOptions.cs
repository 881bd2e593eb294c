namespace OptDsl.Checkpoints;

/// <summary>What of a checkpoint is loaded, and what happens where it does not fit.</summary>
public sealed record CheckpointOptions
{
    /// <summary>What is loaded; everything unless set.</summary>
    public CheckpointParts Parts { get; init; } = CheckpointParts.All;

    /// <summary>
    /// False to load what fits and to leave the rest as it is: parameters that only one side has, that had another shape or other
    /// elements, states of another rule, averages and slow weights that the optimizer does not have.
    /// <see cref="CheckpointInfo.LeftOut"/> tells what was left out. A file that is damaged is refused all the same.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// True to set the hyper-parameters of the rules as they were: those that were numbers; and the learning rates that groups had in place
    /// of their rules', and their factors. A schedule is not restored, and stays among <see cref="CheckpointInfo.HyperChanges"/> where it
    /// differs.
    /// </summary>
    public bool RestoresHypers { get; init; }
}

/// <summary>What of a checkpoint is loaded.</summary>
[Flags]
public enum CheckpointParts
{
    /// <summary>The weights of the parameters, and nothing else: a start for another training, whatever its rules are.</summary>
    Weights = 1,

    /// <summary>All but the weights: states, step counts, averages, slow weights, the loss scale, what was frozen.</summary>
    States = 2,

    /// <summary>Everything: the training goes on where it was.</summary>
    All = Weights | States,
}
