using TorchSharp.Modules;

namespace OptDsl.Torch;

/// <summary>The learning rate of a group and its per-group states, in the form in which TorchSharp saves options.</summary>
public sealed class RuleGroupOptions : OptimizerOptions
{
    internal RuleGroup? Group { get; set; }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        base.SaveStateDict(writer);
        var states = States();
        writer.Write(states.Count);
        foreach (var (symbol, value) in states)
        {
            writer.Write(symbol);
            writer.Write(value);
        }
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        base.LoadStateDict(reader);
        var states = new Dictionary<string, double>();
        for (var count = reader.ReadInt32(); count > 0; count--)
            states.Add(reader.ReadString(), reader.ReadDouble());
        Group?.Optimizer?.SetGroupStates(Group, states);
    }

    /// <summary>Takes the learning rate of any optimizer's options, and the per-group states of another of this library's.</summary>
    /// <param name="source">The options.</param>
    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        if (source is RuleGroupOptions other && Group is not null)
            Group.Optimizer?.SetGroupStates(Group, other.States());
    }

    private IReadOnlyDictionary<string, double> States() =>
        Group?.Optimizer?.GroupStates(Group) ?? new Dictionary<string, double>();
}
