using System.Text.Json;
using OptDsl.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.States;

/// <summary>
/// Reads what optimizers keep from files: this library's and PyTorch's, which name their tensors alike. The tensors are the dispose scope's.
/// </summary>
internal sealed class StateReader : IDisposable
{
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;
    private SavedRuleGroup[] _groups = [];

    public StateReader(string path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            _header = SafetensorsHeader.Read(_stream);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The groups that were saved, if they are those of an optimizer.</summary>
    /// <exception cref="CheckpointException">They have other rules or parameters, or the file is another's.</exception>
    public IReadOnlyList<SavedRuleGroup> Groups(IReadOnlyList<RuleGroup> groups)
    {
        if (!_header.Metadata.TryGetValue(StateFile.GroupsKey, out var json))
            throw new CheckpointException(CheckpointFault.Foreign, $"The file was not written by {nameof(RuleOptimizer)}.{nameof(RuleOptimizer.Save)}; what PyTorch exported is read by {nameof(RuleOptimizer.Import)}.");
        _groups = Parse(json);
        if (_groups.Length != groups.Count)
            throw new CheckpointException(CheckpointFault.OtherParameters, $"The file has {_groups.Length} groups, and the optimizer {groups.Count}.");
        foreach (var (saved, group) in _groups.Zip(groups))
        {
            if (saved.Hash != group.Rule.Description.Hash)
                throw new CheckpointException(CheckpointFault.OtherRule, $"The file has states of {saved.Rule}, and the group's rule is {group.Rule.Description.Name}, with other formulas or states.");
            if (!saved.IsWhole(group.Rule.Description))
                throw new CheckpointException(CheckpointFault.Malformed, $"The file is damaged: it has a learning rate or states of a group that {saved.Rule} cannot have.");
            if (saved.Parameters.Except(group.NamedParameters.Select(parameter => parameter.Name)).FirstOrDefault() is { } gone)
                throw new CheckpointException(CheckpointFault.OtherParameters, $"The file has the parameter '{gone}', which the group has not.");
            if (group.NamedParameters.Select(parameter => parameter.Name).Except(saved.Parameters).FirstOrDefault() is { } missing)
                throw new CheckpointException(CheckpointFault.OtherParameters, $"The file has no parameter '{missing}' in this group.");
        }

        return _groups;
    }

    /// <summary>What this library kept of a parameter.</summary>
    public ParameterState? Read(TrainedParameter parameter) =>
        Read(parameter, names: null, step: null) ?? new ParameterState(0, new Dictionary<string, Tensor>(), null);

    /// <summary>What PyTorch kept of a parameter; null where the file has nothing of it.</summary>
    /// <exception cref="CheckpointException">A state or the step count is missing, of another shape, or such that no training can go on.</exception>
    public ParameterState? Import(TrainedParameter parameter, IReadOnlyDictionary<string, string>? names, long? step)
    {
        var state = Read(parameter, names, step);
        foreach (var description in state is null ? [] : parameter.Group.Rule.Description.States)
        {
            var name = names?.GetValueOrDefault(description.Symbol) ?? StateNames.Of(description);
            if (state!.States.TryGetValue(description.Symbol, out var tensor))
                Usable(tensor, $"{parameter.Name}.{name}", name);
        }

        return state;
    }

    /// <summary>What PyTorch kept of a group, which the file has with each of its parameters; nothing where the rule keeps nothing.</summary>
    /// <exception cref="CheckpointException">The file lacks it, or has different values of parameters that share it.</exception>
    public IReadOnlyDictionary<string, double> GroupStates(RuleGroup group, IEnumerable<TrainedParameter> parameters, IReadOnlyDictionary<string, string>? names)
    {
        var shared = new Dictionary<string, double>();
        foreach (var parameter in parameters)
        {
            foreach (var state in group.Rule.Description.States.Where(state => state.Per == Per.Group))
            {
                var name = names?.GetValueOrDefault(state.Symbol) ?? StateNames.Of(state);
                var key = $"{parameter.Name}.{name}";
                if (Tensor(key) is not { } tensor)
                    throw new CheckpointException(CheckpointFault.OtherRule, $"The state '{state.Symbol}' of the group of parameter '{parameter.Name}' would be the tensor '{key}', which the file does not have.");
                if (tensor.numel() != 1)
                    throw new CheckpointException(CheckpointFault.OtherShape, $"The tensor '{key}' has the shape [{string.Join(" × ", tensor.shape)}]; it should be one number.");
                var value = Usable(tensor, key, name).ToDouble();
                if (!shared.TryAdd(state.Symbol, value) && !shared[state.Symbol].Equals(value))
                    throw new CheckpointException(CheckpointFault.OtherGroups, FormattableString.Invariant($"The parameters of a group share the state '{state.Symbol}', and the file has {shared[state.Symbol]} and, with '{parameter.Name}', {value}. Divide them into groups as they were."));
            }
        }

        return shared;
    }

    private ParameterState? Read(TrainedParameter parameter, IReadOnlyDictionary<string, string>? names, long? step)
    {
        var known = _header.Tensors.Keys.Where(key => key.StartsWith(parameter.Name + ".", StringComparison.Ordinal)).ToList();
        if (known.Count == 0)
            return null;
        if (Tensor($"{parameter.Name}.{StateFile.StepName}") is { } count)
            step = StepCount(count, parameter);
        if (step is null)
            throw new CheckpointException(CheckpointFault.OtherParameters, $"The file has no tensor '{parameter.Name}.{StateFile.StepName}': PyTorch's SGD does not count. Pass the number of steps that have been made.");
        var states = new Dictionary<string, Tensor>();
        foreach (var state in parameter.Group.Rule.Description.States)
        {
            if (state.Per == Per.Group)
                continue;
            var candidates = names?.GetValueOrDefault(state.Symbol) is { } given ? [given] : StateNames.Candidates(parameter.Group.Rule.Description.States, state);
            List<string> keys = [.. candidates.Select(name => $"{parameter.Name}.{name}")];
            var key = keys.Find(_header.Tensors.ContainsKey) ?? keys[0];
            if (Tensor(key) is { } tensor)
                states.Add(state.Symbol, Checked(tensor, key, state, parameter));
            else if (state.When == "")
                throw new CheckpointException(CheckpointFault.OtherRule, $"The state '{state.Symbol}' of parameter '{parameter.Name}' would be the tensor '{key}', which the file does not have; it has {string.Join(", ", known.Select(other => $"'{other}'"))}.");
        }

        var master = $"{parameter.Name}.{StateFile.MasterName}";
        return new ParameterState(step.Value, states, Tensor(master) is { } weights ? Shaped(weights, master, parameter) : null);
    }

    public void Dispose() => _stream.Dispose();

    private static SavedRuleGroup[] Parse(string json)
    {
        const string damaged = "The file is damaged: its groups are not the JSON of the format.";
        try
        {
            var groups = JsonSerializer.Deserialize<SavedRuleGroup?[]>(json, SavedRuleGroup.Json) ?? [null];
            if (Array.Exists(groups, group => group is null || group.Parameters.Contains(null)))
                throw new CheckpointException(CheckpointFault.Malformed, damaged);
            return [.. groups.OfType<SavedRuleGroup>()];
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(CheckpointFault.Malformed, damaged, exception);
        }
    }

    private static long StepCount(Tensor count, TrainedParameter parameter)
    {
        var name = $"{parameter.Name}.{StateFile.StepName}";
        if (count.numel() != 1)
            throw new CheckpointException(CheckpointFault.OtherShape, $"The tensor '{name}' has the shape [{string.Join(" × ", count.shape)}]; it should be one number.");
        var steps = count.ToDouble();
        return steps >= 1 && steps == Math.Floor(steps) && steps < 1L << 53
            ? (long)steps
            : throw new CheckpointException(CheckpointFault.Malformed, FormattableString.Invariant($"The tensor '{name}' is no step count: it is {steps}."));
    }

    private static Tensor Checked(Tensor tensor, string key, StateDescription state, TrainedParameter parameter) =>
        state.Per == Per.Tensor && tensor.numel() == 1 ? tensor : Shaped(tensor, key, parameter);

    private static Tensor Shaped(Tensor tensor, string key, TrainedParameter parameter) => tensor.shape.AsSpan().SequenceEqual(parameter.Parameter.shape)
        ? tensor
        : throw new CheckpointException(CheckpointFault.OtherShape, $"The tensor '{key}' has the shape [{string.Join(" × ", tensor.shape)}] and parameter '{parameter.Name}' [{string.Join(" × ", parameter.Parameter.shape)}].");

    /// <summary>Refuses a state from which no training can go on.</summary>
    private static Tensor Usable(Tensor tensor, string key, string name)
    {
        var values = tensor.to(ScalarType.Float64);
        using var zero = 0.0.ToScalar();
        if (values.isfinite().all().ToBoolean() && (!TorchStates.AreNeverNegative(name) || values.ge(zero).all().ToBoolean()))
            return tensor;
        throw new CheckpointException(CheckpointFault.Malformed, $"The tensor '{key}' holds values from which no training can go on: NaN, infinite, or negative where none can be. Export a state from before.");
    }

    private Tensor? Tensor(string key)
    {
        if (!_header.Tensors.TryGetValue(key, out var entry))
            return null;
        var type = entry.ElementType switch
        {
            "F64" => ScalarType.Float64,
            "F32" => ScalarType.Float32,
            "F16" => ScalarType.Float16,
            "BF16" => ScalarType.BFloat16,
            "I64" => ScalarType.Int64,
            _ => throw new CheckpointException(CheckpointFault.OtherElementType, $"The tensor '{key}' has elements of type {entry.ElementType}."),
        };
        var tensor = torch.empty([.. entry.Shape], type);
        _stream.Position = _header.DataOffset + entry.Begin;
        _stream.ReadExactly(tensor.bytes);
        return tensor;
    }
}
