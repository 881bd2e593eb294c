using OptDsl.Checkpoints;
using OptDsl.Torch.States;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <content>What the optimizer keeps, and files of it.</content>
public sealed partial class RuleOptimizer
{
    /// <summary>A copy of a state of a parameter, on the CPU: shaped like the parameter, or without dimensions where there is one value.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="state">The state's name in torch, where its declaration says it, or its symbol.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter or state, or the parameter has not stepped.</exception>
    public Tensor State(string parameter, string state)
    {
        using var states = StateOf(parameter);
        var description = Find(parameter).Group.Rule.Description.States.FirstOrDefault(known => known.Symbol == state || StateNames.Of(known) == state);
        return description is not null && states.States.TryGetValue(description.Symbol, out var tensor)
            ? tensor.clone()
            : throw new KeyNotFoundException($"Parameter '{parameter}' has no state '{state}' now; it has {(states.States.Count == 0 ? "none" : string.Join(", ", states.States.Keys))}.");
    }

    /// <summary>How many steps a parameter has taken part in.</summary>
    /// <param name="parameter">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public long StepsOf(string parameter)
    {
        using var state = StateOf(parameter);
        return state.Steps;
    }

    /// <summary>
    /// Writes states, step counts and learning rates in the safetensors format. The weights are the model's: <c>model.save</c>.
    /// </summary>
    /// <param name="path">The file. One that is there is replaced, at once and only when the new one is complete on disk.</param>
    /// <remarks>
    /// Other programs find the states under <c>{parameter}.{state}</c>, as PyTorch names them where it has a name for them, the step counts under
    /// <c>{parameter}.step</c>, and the groups as JSON under <c>groups</c> in the metadata.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; the old file, if any, is untouched.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Build();
        using var file = StateFile.Of(_groups.Select(group => (group, GroupStates(group))), _trained.Select(parameter => (parameter, parameter.Engine.StateOf(parameter))));
        AtomicFile.Write(path, file.Write);
    }

    /// <summary>Goes on where <see cref="Save"/> was called: takes over states, step counts and learning rates. Hyper-parameters stay the rules'.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">
    /// The file is incomplete, damaged, not from <see cref="Save"/>, or about other parameters, rules or shapes. Nothing has changed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read. Nothing has changed.</exception>
    public void Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Build();
        using var scope = NewDisposeScope();
        using var reader = new StateReader(path);
        var groups = reader.Groups(_groups);
        var states = _trained.ConvertAll(reader.Read);
        Commit(states);
        foreach (var (group, saved) in _groups.Zip(groups))
        {
            (group.LearningRate, group.InitialLearningRate) = (saved.LearningRate, saved.InitialLearningRate);
            SetGroupStates(group, saved.States);
        }
    }

    /// <summary>
    /// Takes over the states of PyTorch's optimizers from a safetensors file, for parameters that it has any of; the others begin at their next step.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The name in the file of each state, by its symbol; torch's name, where the declaration says it, or the symbol unless given.</param>
    /// <param name="step">How many steps have been made, where the file does not tell: PyTorch's SGD does not count.</param>
    /// <remarks>
    /// <para>The tensors are called <c>{parameter}.{state}</c> and <c>{parameter}.step</c>. In Python:</para>
    /// <code>
    /// names = {p: name for name, p in model.named_parameters()}
    /// tensors = {f"{names[p]}.{key}": torch.as_tensor(value).contiguous()
    ///            for p, state in optimizer.state.items() for key, value in state.items() if value is not None}
    /// safetensors.torch.save_file(tensors, "optimizer.safetensors")
    /// </code>
    /// <para>What a rule keeps of a group, such as Prodigy's estimate, is in the file with each of the group's parameters:</para>
    /// <code>
    /// tensors |= {f"{names[p]}.{key}": torch.as_tensor(group[key])
    ///             for group in optimizer.param_groups for p in group["params"] for key in ("d", "d_max", "d_numerator")}
    /// </code>
    /// </remarks>
    /// <exception cref="CheckpointException">The file is damaged, or lacks what the rules need, in the right shapes. Nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    /// <exception cref="IOException">The file cannot be read. Nothing has changed.</exception>
    public void Import(string path, IReadOnlyDictionary<string, string>? names = null, long? step = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (step is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(step));
        Build();
        using var scope = NewDisposeScope();
        using var reader = new StateReader(path);
        var states = _trained.ConvertAll(parameter => reader.Import(parameter, names, step));
        var ofGroups = _groups.ConvertAll(group => reader.GroupStates(group, _trained.Where((parameter, i) => parameter.Group == group && states[i] is not null), names));
        Commit(states);
        foreach (var (group, shared) in _groups.Zip(ofGroups))
            SetGroupStates(group, shared);
    }

    /// <summary>
    /// Gives one of TorchSharp's own optimizers what this one keeps, so that it goes on: states by torch's names, step counts, learning rates.
    /// </summary>
    /// <param name="optimizer">An optimizer of the same parameters in the same groups and order.</param>
    /// <exception cref="ArgumentException">It has other parameters, or no place for a state. States of parameters before that one are copied.</exception>
    public void CopyStatesTo(OptimizerHelper optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Build();
        var target = optimizer.state_dict();
        if (target.Options.Count != _groups.Count || target.State.Count != _trained.Count)
            throw new ArgumentException($"The optimizer has {target.Options.Count} groups of {target.State.Count} parameters in all, and this one {_groups.Count} of {_trained.Count}.", nameof(optimizer));
        foreach (var (parameter, state) in _trained.Zip(target.State))
        {
            using var kept = parameter.Engine.StateOf(parameter);
            ForeignState.Write(kept, parameter, state);
        }

        foreach (var (group, options) in _groups.Zip(target.Options))
            (options.LearningRate, options.InitialLearningRate) = (group.LearningRate, group.InitialLearningRate);
    }

    /// <summary>
    /// Takes over what another optimizer of the same parameters keeps: one of this library's with the same states, or one of TorchSharp's own
    /// that keeps what the rule does under torch's names.
    /// </summary>
    /// <param name="state_dict">What <c>state_dict()</c> gave.</param>
    /// <exception cref="ArgumentException">It has other groups or parameters, or lacks a state that a rule has. Nothing has changed.</exception>
    public override void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count || state_dict.State.Count != own.State.Count)
            throw new ArgumentException($"The state has {state_dict.Options.Count} groups of {state_dict.State.Count} parameters in all, and this optimizer {own.Options.Count} of {own.State.Count}.", nameof(state_dict));
        using var scope = NewDisposeScope();
        foreach (var (options, source) in own.Options.Zip(state_dict.Options))
            ((RuleGroupOptions)options).Check(source);
        var states = new List<(string Name, ParameterState State)>();
        foreach (var (state, source) in own.State.Zip(state_dict.State))
        {
            states.Add((((RuleState)state).Name, ((RuleState)state).Read(source)));
            Check(Find(states[^1].Name), states[^1].State);
        }

        foreach (var (name, state) in states)
            SetState(name, state);
        foreach (var (options, source) in own.Options.Zip(state_dict.Options))
            options.LoadStateDict(source);
    }

    internal TrainedParameter Find(string name)
    {
        Build();
        return _trained.Find(parameter => parameter.Name == name) ?? throw new KeyNotFoundException($"There is no parameter '{name}'.");
    }

    internal ParameterState StateOf(string name)
    {
        var parameter = Find(name);
        return parameter.Engine.StateOf(parameter);
    }

    internal void SetState(string name, ParameterState state)
    {
        var parameter = Find(name);
        Check(parameter, state);
        parameter.Engine.SetState(parameter, state);
    }

    /// <summary>The state of tensors that are called by their names outside.</summary>
    internal ParameterState FromNames(NamedParameter named, long steps, Dictionary<string, Tensor> tensors)
    {
        var states = Find(named.Name).Group.Rule.Description.States.Where(state => tensors.ContainsKey(StateNames.Of(state)));
        return new ParameterState(steps, states.ToDictionary(state => state.Symbol, state => tensors[StateNames.Of(state)]), tensors.GetValueOrDefault(StateFile.MasterName));
    }

    internal IReadOnlyDictionary<string, double> GroupStates(RuleGroup group)
    {
        Build();
        return new Engine[] { _floats, _doubles, _tensors }.Select(engine => engine.GroupStates(group)).MaxBy(states => states.Count)!;
    }

    internal void SetGroupStates(RuleGroup group, IReadOnlyDictionary<string, double> states)
    {
        Build();
        foreach (var engine in (Engine[])[_floats, _doubles, _tensors])
            engine.SetGroupStates(group, states);
    }

    private static void Check(TrainedParameter parameter, ParameterState state)
    {
        foreach (var (symbol, tensor) in state.States)
        {
            var isElementwise = parameter.Group.Rule.Description.States.Single(description => description.Symbol == symbol) is { Per: not Per.Tensor };
            if (isElementwise ? !tensor.shape.AsSpan().SequenceEqual(parameter.Parameter.shape) : tensor.numel() != 1)
                throw new ArgumentException($"State '{symbol}' of parameter '{parameter.Name}' has the shape [{string.Join(" × ", tensor.shape)}], and the parameter [{string.Join(" × ", parameter.Parameter.shape)}].", nameof(state));
        }
    }

    private void Commit(List<ParameterState?> states)
    {
        foreach (var (parameter, state) in _trained.Zip(states))
        {
            if (state is null)
                continue;
            using (state)
                parameter.Engine.SetState(parameter, state);
        }
    }
}
