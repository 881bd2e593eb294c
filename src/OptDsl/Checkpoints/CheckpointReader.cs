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
                foreach (var tensor in image.Tensors())
                {
                    Compare(tensor, parameter.Name);
                    tensors.Add(tensor.Name);
                }
            }
        }

        if (_header.Tensors.Keys.FirstOrDefault(name => !tensors.Contains(name)) is { } stray)
            throw Fault(CheckpointFault.Malformed, $"The checkpoint holds a tensor '{stray}' that belongs to none of its parameters.");
        foreach (var tensor in images.SelectMany(pair => pair.Image.Tensors()))
        {
            _stream.Position = _header.DataOffset + _header.Tensors[tensor.Name].Begin;
            tensor.Read(_stream);
        }

        return images;
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

        return SlotImage<T>.For(
            slot,
            LayoutOf(slot, parameter),
            stepped: parameter.Steps > 0,
            withGradient: _saved.Pending > 0,
            withSlow: _header.Tensors.ContainsKey(SlotImage<T>.NameOfSlow(parameter.Name)),
            averages.Where(average => _header.Tensors.ContainsKey(SlotImage<T>.NameOfAverage(average.Name, parameter.Name))));
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
