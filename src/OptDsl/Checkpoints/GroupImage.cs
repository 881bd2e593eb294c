using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>The per-group states of one group: the live ones, to be written, or new ones to read into.</summary>
/// <param name="Index">The position of the group among those of the file.</param>
/// <param name="Shape">The rule; null for a group without parameters.</param>
/// <param name="States">The states; none before the group's first step.</param>
internal sealed record GroupImage(int Index, RuleShape? Shape, double[] States)
{
    private static readonly int[] s_scalarShape = [];

    /// <summary>The states by the names that they have in files.</summary>
    public IEnumerable<SafetensorsTensor> Tensors() => States.Select((_, state) =>
        new SafetensorsTensor<double>($"group/{Index}/{Shape!.GroupStates[state].Symbol}", s_scalarShape, States.AsMemory(state, 1)));

    /// <summary>True where the states are the same, bit for bit.</summary>
    public bool Agrees(GroupImage other) =>
        States.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(other.States.Select(BitConverter.DoubleToInt64Bits));
}
