namespace OptDsl.Checkpoints;

/// <summary>What was loaded.</summary>
/// <param name="Step">How many steps had been made.</param>
/// <param name="HyperChanges">
/// The hyper-parameters that have another value now than they had when the file was written. Rules keep the values that the
/// program gives them: with any change, the steps to come are not those that would have followed.
/// </param>
public sealed record CheckpointInfo(long Step, IReadOnlyList<HyperChange> HyperChanges);

/// <summary>A hyper-parameter that has changed since a checkpoint was written.</summary>
/// <param name="Parameter">The name of the first parameter that it concerns.</param>
/// <param name="Property">The property of the rule.</param>
/// <param name="Saved">Its value at the last step before the checkpoint.</param>
/// <param name="Current">Its value at that step now.</param>
public sealed record HyperChange(string Parameter, string Property, double Saved, double Current);
