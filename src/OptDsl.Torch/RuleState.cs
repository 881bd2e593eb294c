using OptDsl.Torch.States;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <summary>What an optimizer keeps of one parameter, as it is now, in the form of TorchSharp's <c>state_dict</c>.</summary>
/// <remarks>
/// States are called by torch's name where the rule's declaration gives one in brackets at the end of a state's meaning
/// (<c>Meaning = "first moment (exp_avg)"</c>), and by their symbol otherwise.
/// </remarks>
public sealed class RuleState : OptimizerState
{
    private const string MasterName = "master";
    private readonly NamedParameter _named;
    private readonly RuleOptimizer _optimizer;

    internal RuleState(NamedParameter named, RuleOptimizer optimizer)
        : base(named.Parameter) => (_named, _optimizer) = (named, optimizer);

    /// <summary>The name of the parameter.</summary>
    public string Name => _named.Name;

    /// <summary>How many steps the parameter has taken part in.</summary>
    public long Step
    {
        get
        {
            using var state = _optimizer.StateOf(Name);
            return state.Steps;
        }
    }

    /// <summary>The names of the states that there are: none before the first step.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            using var state = _optimizer.StateOf(Name);
            return [.. Named(state).Select(pair => pair.Name)];
        }
    }

    /// <summary>A copy of a state, on the CPU.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such state, or the parameter has not stepped.</exception>
    public Tensor this[string name]
    {
        get
        {
            using var state = _optimizer.StateOf(Name);
            return Named(state).FirstOrDefault(pair => pair.Name == name).Tensor?.clone()
                ?? throw new KeyNotFoundException($"Parameter '{Name}' has no state '{name}' now; it has {(state.States.Count == 0 ? "none" : string.Join(", ", Named(state).Select(pair => pair.Name)))}.");
        }
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using var state = _optimizer.StateOf(Name);
        List<(string Name, Tensor Tensor)> tensors = [.. Named(state)];
        if (state.Master is not null)
            tensors.Add((MasterName, state.Master));
        writer.Write(state.Steps);
        writer.Write(tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            writer.Write(name);
            TensorStream.Write(writer, tensor);
        }
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var steps = reader.ReadInt64();
        var tensors = new Dictionary<string, Tensor>();
        for (var count = reader.ReadInt32(); count > 0; count--)
            tensors.Add(reader.ReadString(), TensorStream.Read(reader));
        using var state = _optimizer.FromNames(_named, steps, tensors);
        _optimizer.SetState(Name, state);
    }

    /// <summary>
    /// Takes over what another optimizer keeps: one of this library's with the same states, or one of TorchSharp's own that keeps
    /// what the rule does under torch's names, such as its AdamW for <c>OptDsl.Rules.AdamW</c>.
    /// </summary>
    /// <param name="source">What it keeps of this parameter.</param>
    /// <exception cref="ArgumentException">It lacks a state that the rule has.</exception>
    public override void LoadStateDict(OptimizerState source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var state = Read(source);
        _optimizer.SetState(Name, state);
    }

    /// <summary>What another optimizer keeps, as this one would.</summary>
    /// <exception cref="ArgumentException">It lacks a state that the rule has, or has one of another shape.</exception>
    internal ParameterState Read(OptimizerState source)
    {
        var parameter = _optimizer.Find(Name);
        if (source is not RuleState other)
            return ForeignState.Read(source, parameter, stepsUnlessCounted: 1);
        var (kept, rule) = (other._optimizer.StateOf(other.Name), other._optimizer.Find(other.Name).Group.Rule.Description);
        if (rule.Hash == parameter.Group.Rule.Description.Hash)
            return kept;
        using (kept)
            return ForeignState.Read(kept, rule, parameter);
    }

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other)
    {
        if (other is not RuleState that)
            return false;
        using var mine = _optimizer.StateOf(Name);
        using var theirs = that._optimizer.StateOf(that.Name);
        return mine.Steps == theirs.Steps && mine.States.Count == theirs.States.Count
            && mine.States.All(pair => theirs.States.TryGetValue(pair.Key, out var tensor) && pair.Value.allclose(tensor));
    }

    /// <summary>Sets the parameter back to where it was before its first step.</summary>
    /// <param name="options">Not used: the rule has them.</param>
    public override void Initialize(OptimizerOptions options)
    {
        using var nothing = new ParameterState(0, new Dictionary<string, Tensor>(), null);
        _optimizer.SetState(Name, nothing);
    }

    private IEnumerable<(string Name, Tensor Tensor)> Named(ParameterState state) =>
        from description in _optimizer.Find(Name).Group.Rule.Description.States
        where state.States.ContainsKey(description.Symbol)
        select (StateNames.Of(description), state.States[description.Symbol]);
}
