namespace OptDsl.Checkpoints;

/// <summary>What was taken over from PyTorch.</summary>
/// <param name="Step">The largest number of steps that a parameter has taken.</param>
/// <param name="Ignored">
/// The tensors of the file that were not read, in order: states that the rules do not have with their options
/// (<c>max_exp_avg_sq</c> without <c>Amsgrad</c>, <c>momentum_buffer</c> without momentum), states of frozen and of unknown parameters,
/// and anything else.
/// </param>
public sealed record TorchImportInfo(long Step, IReadOnlyList<string> Ignored)
{
    /// <summary>The step, and what was not read.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"step {Step}{(Ignored.Count == 0 ? "" : "; not read: " + string.Join(", ", Ignored))}");
}
