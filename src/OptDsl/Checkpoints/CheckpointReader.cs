using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>
/// Loads a checkpoint in three stages: the file is verified to the last byte; then it is compared with the optimizer, and read
/// into new memory; only then does anything change, and nothing can fail any more.
/// </summary>
internal sealed class CheckpointReader<T>
    where T : unmanaged
{
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;
    private readonly SavedState _saved;
    private readonly List<GroupImage> _groups = [];
    private readonly Dictionary<string, int> _groupOf = new(StringComparer.Ordinal);
    private readonly CheckpointOptions _options;

    /// <summary>Verifies a file.</summary>
    /// <exception cref="CheckpointException">The file is not a complete and unaltered checkpoint.</exception>
    public CheckpointReader(FileStream stream, CheckpointOptions options)
    {
        _options = options;
        _stream = stream;
        _header = SafetensorsHeader.Read(stream);
        if (!_header.Metadata.TryGetValue(CheckpointFormat.FormatKey, out var format) || format != CheckpointFormat.Format)
        {
            throw new CheckpointException(
                CheckpointFault.Foreign,
                $"The file is in the safetensors format, but no checkpoint of OptDsl. States of PyTorch's optimizers are read by {nameof(Optimizer<T>.ImportTorchState)}.");
        }

        if (!Checksum.Verify(_header, stream))
            throw new CheckpointException(CheckpointFault.Altered, "The checkpoint has been altered since it was written: its checksum does not agree. Use another copy, or an earlier checkpoint.");
        _saved = SavedState.Parse(_header.Metadata.GetValueOrDefault(CheckpointFormat.StateKey, "{}"));
    }

    /// <summary>What the file tells besides tensors.</summary>
    public SavedState Saved => _saved;

    /// <summary>The checksum of the file.</summary>
    public string ChecksumText => _header.Metadata[Checksum.Key];

    /// <summary>What was left out, and why.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Compares the file with an optimizer, and reads it into new memory.</summary>
    /// <param name="slots">The parameters of the optimizer, by name.</param>
    /// <param name="averages">The averages of the optimizer.</param>
    /// <param name="withGradients">True to read what a step that is only half accumulated has added up.</param>
    /// <returns>What is to take the place of the parameters' tensors.</returns>
    /// <exception cref="CheckpointException">The file is about something else.</exception>
    public List<(SlotImage<T> Image, SavedParameter Saved)> Read(
        IReadOnlyDictionary<string, Slot<T>> slots, IReadOnlyList<WeightAverage<T>> averages, bool withGradients)
    {
        CompareNames(slots);
        var tensors = new HashSet<string>(StringComparer.Ordinal);
        var images = new List<(SlotImage<T> Image, SavedParameter Saved)>();
        foreach (var (index, group) in _saved.Groups.Index())
        {
            SlotImage<T>? ofGroup = null;
            foreach (var parameter in group.Parameters)
            {
                _groupOf.Add(parameter.Name, index);
                if (!slots.TryGetValue(parameter.Name, out var slot) || ImageOf(slot, group, parameter, averages, withGradients) is not { } image || !Fits(image.Tensors(), parameter.Name))
                    continue;
                images.Add((image, parameter));
                ofGroup ??= image.OnlyValue ? null : image;
            }

            _groups.Add(ImageOf(index, group, ofGroup));
            Fits(_groups[^1].Tensors(), group.Parameters is [var first, ..] ? first.Name : "");
        }

        if (_options is { Strict: true, Parts: CheckpointParts.All } && _header.Tensors.Keys.FirstOrDefault(name => !tensors.Contains(name)) is { } stray)
            throw Fault(CheckpointFault.Malformed, $"The checkpoint holds a tensor '{stray}' that belongs to none of its parameters.");
        foreach (var tensor in images.SelectMany(pair => pair.Image.Tensors()).Concat(_groups.SelectMany(group => group.Tensors())))
        {
            _stream.Position = _header.DataOffset + _header.Tensors[tensor.Name].Begin;
            tensor.Read(_stream);
        }

        return images;

        bool Fits(IEnumerable<SafetensorsTensor> expected, string parameter)
        {
            foreach (var tensor in expected)
            {
                if (MismatchOf(tensor, parameter) is { } mismatch)
                {
                    LeaveOut(mismatch);
                    return false;
                }

                tensors.Add(tensor.Name);
            }

            return true;
        }
    }

    /// <summary>The per-group states that a group takes over, once the file has been read: those of the group that its parameters were in.</summary>
    /// <returns>The states; null for a group that keeps its own, as nothing of it was read.</returns>
    /// <exception cref="CheckpointException">They were in several, with different values.</exception>
    public double[]? StatesOf(ParameterGroup<T> group)
    {
        if (group.Shape.GroupStates.Length == 0)
            return null;
        var indices = group.Slots.Select(slot => _groupOf.GetValueOrDefault(slot.Parameter.Name, -1)).Where(index => index >= 0).Distinct().ToList();
        var images = indices.Select(index => _groups[index]).Where(image => image.States.Length > 0).ToList();
        if (images.Find(image => !image.Agrees(images[0])) is { } other)
        {
            throw Fault(
                CheckpointFault.OtherGroups,
                $"The parameters '{NameIn(images[0])}' and '{NameIn(other)}' were in groups with different values of {string.Join(", ", group.Shape.GroupStates.Select(state => state.Symbol))}, and are in one group now. Divide them into groups as they were.");
        }

        return images.Count > 0 ? [.. images[0].States] : _options.Strict ? [] : null;

        string NameIn(GroupImage image) => group.Slots.Select(slot => slot.Parameter.Name).First(name => _groupOf.GetValueOrDefault(name, -1) == image.Index);
    }

    private void CompareNames(IReadOnlyDictionary<string, Slot<T>> slots)
    {
        var saved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in _saved.Groups.SelectMany(group => group.Parameters))
        {
            if (!saved.Add(parameter.Name))
                throw Fault(CheckpointFault.Malformed, $"The checkpoint lists parameter '{parameter.Name}' twice.");
        }

        foreach (var name in slots.Keys.Where(name => !saved.Contains(name)))
            LeaveOut(Fault(CheckpointFault.OtherParameters, $"The checkpoint has no parameter '{name}', which the optimizer has. Add the parameters of the checkpoint under the names they had."));
        foreach (var name in saved.Where(name => !slots.ContainsKey(name)))
            LeaveOut(Fault(CheckpointFault.OtherParameters, $"The optimizer has no parameter '{name}', which the checkpoint has. Add the parameters of the checkpoint under the names they had."));
    }

    /// <summary>Refuses a file that does not fit, or goes on without the part.</summary>
    public void LeaveOut(CheckpointException mismatch)
    {
        if (_options.Strict || mismatch.Fault == CheckpointFault.Malformed)
            throw mismatch;
        LeftOut.Add(mismatch.Message);
    }

    /// <summary>What of a parameter is read; null for nothing.</summary>
    private SlotImage<T>? ImageOf(Slot<T> slot, SavedGroup group, SavedParameter parameter, IReadOnlyList<WeightAverage<T>> averages, bool withGradients)
    {
        var withValue = _options.Parts.HasFlag(CheckpointParts.Weights);
        var withStates = _options.Parts.HasFlag(CheckpointParts.States);
        if (withStates && slot.Group.Rule.Description is var rule && rule.Hash != group.Hash)
        {
            LeaveOut(Fault(
                CheckpointFault.OtherRule,
                $"Parameter '{parameter.Name}' was updated by {group.Rule} and is now by {rule.Name}{Difference(group.Formulas, rule.Formulas)}. Give it the rule that it had, or load the weights alone ({nameof(CheckpointParts)}.{nameof(CheckpointParts.Weights)})."));
            withStates = false;
        }

        if (!withStates)
            return withValue ? SlotImage<T>.ForValue(slot) : null;
        if (withGradients && parameter.HasGradient && slot.Parameter.Gradient.IsEmpty)
        {
            LeaveOut(Fault(
                CheckpointFault.MissingSetting,
                $"The checkpoint is in the middle of a step, and has a gradient of parameter '{parameter.Name}', which has none now: set its {nameof(Parameter<T>.Gradient)} before loading."));
        }

        return SlotImage<T>.For(
            slot,
            LayoutOf(slot, parameter),
            stepped: parameter.Steps > 0,
            withValue,
            withGradient: withGradients && parameter.HasGradient && !slot.Parameter.Gradient.IsEmpty,
            withSlow: _header.Tensors.ContainsKey(SlotImage<T>.NameOfSlow(parameter.Name)),
            averages.Where(average => _header.Tensors.ContainsKey(SlotImage<T>.NameOfAverage(average.Name, parameter.Name))));
    }

    /// <summary>The per-group states of a group of which a parameter is read with its states.</summary>
    private static GroupImage ImageOf(int index, SavedGroup group, SlotImage<T>? ofGroup)
    {
        var stepped = group.Parameters.Any(parameter => parameter.Steps > 0);
        return new GroupImage(index, ofGroup?.Slot.Group.Shape, stepped && ofGroup is not null ? new double[ofGroup.Slot.Group.Shape.GroupStates.Length] : []);
    }

    /// <summary>The first formula that differs.</summary>
    private static string Difference(string saved, string current)
    {
        var (were, are) = (saved.Split('\n'), current.Split('\n'));
        var index = Enumerable.Range(0, Math.Max(were.Length, are.Length)).FirstOrDefault(line => were.ElementAtOrDefault(line) != are.ElementAtOrDefault(line), -1);
        return index < 0 ? ", whose states differ" : $": '{were.ElementAtOrDefault(index)}' was there, '{are.ElementAtOrDefault(index)}' is";
    }

    private StateLayout LayoutOf(Slot<T> slot, SavedParameter parameter)
    {
        var states = slot.Group.Shape.ElementStates;
        if (parameter.Absent.FirstOrDefault(symbol => !Array.Exists(states, state => (state.When != "" || state.DependsOnShape) && state.Symbol == symbol)) is { } odd)
            throw Fault(CheckpointFault.Malformed, $"The checkpoint has no state '{odd}' of parameter '{parameter.Name}', which its rule is never without.");
        return StateLayout.Of(
            states,
            state => !parameter.Absent.Contains(states[state].Symbol),
            state => !slot.Group.Rule.Description.SupportsStorage ? Storage.Element
                : _header.Tensors.GetValueOrDefault(SlotImage<T>.NameOfState(parameter.Name, states[state].Symbol))?.ElementType switch
                {
                    SafetensorsTensor<T>.BFloat16Type => Storage.BFloat16,
                    SafetensorsTensor<T>.ByteType => Storage.Block8,
                    _ => Storage.Element,
                });
    }

    private CheckpointException? MismatchOf(SafetensorsTensor tensor, string parameter)
    {
        if (!_header.Tensors.TryGetValue(tensor.Name, out var entry))
            return Fault(CheckpointFault.Malformed, $"The checkpoint lacks the tensor '{tensor.Name}'.");
        if (entry.ElementType != tensor.ElementType)
        {
            return Fault(
                CheckpointFault.OtherElementType,
                $"Parameter '{parameter}' was saved with elements of type {entry.ElementType}; the optimizer's are {tensor.ElementType}. Load it with an optimizer of that type.");
        }

        return entry.Shape.SequenceEqual(tensor.Shape.Select(dimension => (long)dimension)) ? null : Fault(
            CheckpointFault.OtherShape,
            $"Parameter '{parameter}' was saved with the shape [{string.Join(" × ", entry.Shape)}] and now has [{string.Join(" × ", tensor.Shape)}].");
    }

    private static CheckpointException Fault(CheckpointFault fault, string message) => new(fault, message);
}
