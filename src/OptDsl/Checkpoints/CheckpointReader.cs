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

    /// <summary>Verifies a file.</summary>
    /// <exception cref="CheckpointException">The file is not a complete and unaltered checkpoint.</exception>
    public CheckpointReader(FileStream stream)
    {
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

    /// <summary>Compares the file with an optimizer, and reads it into new memory.</summary>
    /// <param name="slots">The parameters of the optimizer, by name.</param>
    /// <param name="averages">The averages of the optimizer.</param>
    /// <returns>What is to take the place of the parameters' tensors.</returns>
    /// <exception cref="CheckpointException">The file is about something else.</exception>
    public List<(SlotImage<T> Image, SavedParameter Saved)> Read(
        IReadOnlyDictionary<string, Slot<T>> slots, IReadOnlyList<WeightAverage<T>> averages)
    {
        CompareNames(slots);
        var tensors = new HashSet<string>(StringComparer.Ordinal);
        var images = new List<(SlotImage<T> Image, SavedParameter Saved)>();
        foreach (var group in _saved.Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                var image = ImageOf(slots[parameter.Name], group, parameter, averages);
                images.Add((image, parameter));
                Expect(image.Tensors(), parameter.Name);
            }

            _groups.Add(ImageOf(group, slots));
            Expect(_groups[^1].Tensors(), group.Parameters is [var first, ..] ? first.Name : "");
        }

        if (_header.Tensors.Keys.FirstOrDefault(name => !tensors.Contains(name)) is { } stray)
            throw Fault(CheckpointFault.Malformed, $"The checkpoint holds a tensor '{stray}' that belongs to none of its parameters.");
        foreach (var tensor in images.SelectMany(pair => pair.Image.Tensors()).Concat(_groups.SelectMany(group => group.Tensors())))
        {
            _stream.Position = _header.DataOffset + _header.Tensors[tensor.Name].Begin;
            tensor.Read(_stream);
        }

        return images;

        void Expect(IEnumerable<SafetensorsTensor> expected, string parameter)
        {
            foreach (var tensor in expected)
            {
                Compare(tensor, parameter);
                tensors.Add(tensor.Name);
            }
        }
    }

    /// <summary>The per-group states that a group takes over, once the file has been read: those of the group that its parameters were in.</summary>
    /// <exception cref="CheckpointException">They were in several, with different values.</exception>
    public double[] StatesOf(ParameterGroup<T> group)
    {
        if (group.Shape.GroupStates.Length == 0)
            return [];
        var names = group.Slots.Select(slot => slot.Parameter.Name).ToHashSet(StringComparer.Ordinal);
        var images = _groups.Where(image => image.States.Length > 0 && _saved.Groups[image.Index].Parameters.Any(parameter => names.Contains(parameter.Name))).ToList();
        if (images.Find(image => !image.Agrees(images[0])) is { } other)
        {
            throw Fault(
                CheckpointFault.OtherGroups,
                $"The parameters '{NameIn(images[0])}' and '{NameIn(other)}' were in groups with different values of {string.Join(", ", group.Shape.GroupStates.Select(state => state.Symbol))}, and are in one group now. Divide them into groups as they were.");
        }

        return images.Count > 0 ? [.. images[0].States] : [];

        string NameIn(GroupImage image) => _saved.Groups[image.Index].Parameters.First(parameter => names.Contains(parameter.Name)).Name;
    }

    private void CompareNames(IReadOnlyDictionary<string, Slot<T>> slots)
    {
        var saved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in _saved.Groups.SelectMany(group => group.Parameters))
        {
            if (!saved.Add(parameter.Name))
                throw Fault(CheckpointFault.Malformed, $"The checkpoint lists parameter '{parameter.Name}' twice.");
        }

        if (slots.Keys.FirstOrDefault(name => !saved.Contains(name)) is { } missing)
            throw Fault(CheckpointFault.OtherParameters, $"The checkpoint has no parameter '{missing}', which the optimizer has. Add the parameters of the checkpoint under the names they had.");
        if (saved.FirstOrDefault(name => !slots.ContainsKey(name)) is { } unknown)
            throw Fault(CheckpointFault.OtherParameters, $"The optimizer has no parameter '{unknown}', which the checkpoint has. Add the parameters of the checkpoint under the names they had.");
    }

    private SlotImage<T> ImageOf(Slot<T> slot, SavedGroup group, SavedParameter parameter, IReadOnlyList<WeightAverage<T>> averages)
    {
        var rule = slot.Group.Rule.Description;
        if (rule.Hash != group.Hash)
        {
            throw Fault(
                CheckpointFault.OtherRule,
                $"Parameter '{parameter.Name}' was updated by another rule, {group.Rule}:\n{group.Formulas}\nand not by {rule.Name}:\n{rule.Formulas}");
        }

        if (_saved.Pending > 0 && parameter.HasGradient && !slot.Parameter.HasGradient)
        {
            throw Fault(
                CheckpointFault.MissingSetting,
                $"The checkpoint is in the middle of a step, and has a gradient of parameter '{parameter.Name}', which has none now: set its {nameof(Parameter<T>.Gradient)} before loading.");
        }

        return SlotImage<T>.For(
            slot,
            LayoutOf(slot, parameter),
            stepped: parameter.Steps > 0,
            withGradient: _saved.Pending > 0 && parameter.HasGradient,
            withSlow: _header.Tensors.ContainsKey(SlotImage<T>.NameOfSlow(parameter.Name)),
            averages.Where(average => _header.Tensors.ContainsKey(SlotImage<T>.NameOfAverage(average.Name, parameter.Name))));
    }

    private GroupImage ImageOf(SavedGroup group, IReadOnlyDictionary<string, Slot<T>> slots)
    {
        var shape = group.Parameters.Count > 0 ? slots[group.Parameters[0].Name].Group.Shape : null;
        var stepped = group.Parameters.Any(parameter => parameter.Steps > 0);
        return new GroupImage(_groups.Count, shape, stepped ? new double[shape!.GroupStates.Length] : []);
    }

    private static StateLayout LayoutOf(Slot<T> slot, SavedParameter parameter)
    {
        var states = slot.Group.Shape.ElementStates;
        if (parameter.Absent.FirstOrDefault(symbol => !Array.Exists(states, state => state.When != "" && state.Symbol == symbol)) is { } odd)
            throw Fault(CheckpointFault.Malformed, $"The checkpoint has no state '{odd}' of parameter '{parameter.Name}', which its rule is never without.");
        return StateLayout.Of(states.Length, state => !parameter.Absent.Contains(states[state].Symbol));
    }

    private void Compare(SafetensorsTensor tensor, string parameter)
    {
        if (!_header.Tensors.TryGetValue(tensor.Name, out var entry))
            throw Fault(CheckpointFault.Malformed, $"The checkpoint lacks the tensor '{tensor.Name}'.");
        if (entry.ElementType != tensor.ElementType)
        {
            throw Fault(
                CheckpointFault.OtherElementType,
                $"Parameter '{parameter}' was saved with elements of type {entry.ElementType}; the optimizer's are {tensor.ElementType}. Load it with an optimizer of that type.");
        }

        if (!entry.Shape.SequenceEqual(tensor.Shape.Select(dimension => (long)dimension)))
        {
            throw Fault(
                CheckpointFault.OtherShape,
                $"Parameter '{parameter}' was saved with the shape [{string.Join(" × ", entry.Shape)}] and now has [{string.Join(" × ", tensor.Shape)}].");
        }
    }

    private static CheckpointException Fault(CheckpointFault fault, string message) => new(fault, message);
}
