using TorchSharp.Modules;

namespace OptDsl.Torch;

/// <summary>The learning rate of a group and its per-group states, in the form in which TorchSharp saves options.</summary>
public sealed class RuleGroupOptions : OptimizerOptions
{
    internal RuleGroup? Group { get; set; }

    private RuleDescription? Rule => Group?.Rule.Description;

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Rule?.Name ?? "");
        writer.Write(Rule?.Hash ?? "");
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
    /// <exception cref="ArgumentException">They are of another rule. Nothing of this group has changed.</exception>
    public override void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var (name, hash) = (reader.ReadString(), reader.ReadString());
        if (hash != (Rule?.Hash ?? ""))
            throw new ArgumentException($"The stream has states of {name}, and the group's rule is {Rule?.Name}, with other formulas or states.", nameof(reader));
        base.LoadStateDict(reader);
        var states = new Dictionary<string, double>();
        for (var count = reader.ReadInt32(); count > 0; count--)
            states.Add(reader.ReadString(), reader.ReadDouble());
        Group?.Optimizer?.SetGroupStates(Group, states);
    }

    /// <summary>Takes the learning rate of any optimizer's options, and the per-group states of a group with the same rule.</summary>
    /// <param name="source">The options.</param>
    /// <exception cref="ArgumentException">The rule has per-group states, and the other group has not. Nothing has changed.</exception>
    public override void LoadStateDict(OptimizerOptions source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Check(source);
        base.LoadStateDict(source);
        if (Group is not null && IsOfSameRule(source))
            Group.Optimizer?.SetGroupStates(Group, ((RuleGroupOptions)source).States());
    }

    /// <summary>Refuses options that lack what the rule keeps of its group.</summary>
    internal void Check(OptimizerOptions source)
    {
        if (Rule is { GroupStateCount: > 0 } rule && !IsOfSameRule(source))
            throw new ArgumentException($"The rule {rule.Name} keeps {string.Join(", ", rule.States.Where(state => state.Per == Per.Group).Select(state => $"'{state.Symbol}'"))} of its group, which the other optimizer does not.", nameof(source));
    }

    private bool IsOfSameRule(OptimizerOptions source) => source is RuleGroupOptions other && other.Rule?.Hash == Rule?.Hash;

    private IReadOnlyDictionary<string, double> States() =>
        Group?.Optimizer?.GroupStates(Group) ?? new Dictionary<string, double>();
}
