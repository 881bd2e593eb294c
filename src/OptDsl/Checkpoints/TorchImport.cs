using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>Reads states of PyTorch's optimizers: <c>{parameter}.{state}</c> and <c>{parameter}.step</c>, as documented at <see cref="Optimizer{T}.ImportTorchState"/>.</summary>
internal sealed class TorchImport<T>(FileStream stream, SafetensorsHeader header)
    where T : unmanaged
{
    private const string Momentum = "momentum_buffer";
    private const string StepName = "step";
    private static readonly string[] s_adam = ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"];

    /// <summary>Reads the states of a parameter into new memory.</summary>
    /// <exception cref="CheckpointException">The file does not have what the parameter's rule needs.</exception>
    public (SlotImage<T> Image, SavedParameter Saved) Read(Slot<T> slot, IReadOnlyDictionary<string, string>? names, long? step)
    {
        var parameter = slot.Parameter;
        var layout = LayoutOf(slot);
        var known = header.Tensors.Keys.Where(key => key.StartsWith(parameter.Name + ".", StringComparison.Ordinal)).ToList();
        if (known.Count == 0 && layout.RowCount > 0)
        {
            throw new CheckpointException(
                CheckpointFault.OtherParameters,
                $"The file has no states of parameter '{parameter.Name}': no tensor begins with '{parameter.Name}.'. Export them under the names of the parameters, or freeze those that have none.");
        }

        var steps = StepOf(parameter.Name, step);
        var image = SlotImage<T>.For(slot, layout, stepped: true, withGradient: false, withSlow: false, averages: []);
        ReadValue(parameter, image.Value);
        StateDescription[] symbols = [.. slot.Group.Shape.ElementStates.Where((_, state) => layout.Has(state))];
        if (slot.Group.Shape.TensorStates.Length > 0)
            throw Unlike(slot, "has a state of one value a tensor");
        if (slot.Group.Shape.GroupStates.Length > 0)
            throw Unlike(slot, "has a state of one value a group");
        for (var state = 0; state < symbols.Length; state++)
        {
            var name = NameOf(symbols, state, names) ?? throw Unlike(slot, $"has {symbols.Length} states; say which is which");
            var key = $"{parameter.Name}.{name}";
            if (!header.Tensors.ContainsKey(key))
                throw new CheckpointException(CheckpointFault.OtherRule, $"The state '{symbols[state].Symbol}' of parameter '{parameter.Name}' would be the tensor '{key}', which the file does not have; it has {string.Join(", ", known.Select(other => $"'{other}'"))}.");
            ReadElements(key, parameter, image.States!.Row(state));
        }

        return (image, new SavedParameter(parameter.Name, steps, slot.Frozen, SlowIsFresh: false, HasGradient: slot.Parameter.HasGradient, Absent: []));
    }

    /// <summary>The states that the rule's options ask for.</summary>
    private static StateLayout LayoutOf(Slot<T> slot)
    {
        var (rule, shape) = (slot.Group.Rule, slot.Group.Shape);
        var scalars = new double[shape.ScalarCount];
        rule.BeginStep(1, scalars);
        return StateLayout.Of(shape.ElementStates.Length, state => rule.HasState(state, scalars));
    }

    private static string? NameOf(StateDescription[] states, int state, IReadOnlyDictionary<string, string>? names)
    {
        if (names is not null)
            return names.GetValueOrDefault(states[state].Symbol);
        return states.Length switch
        {
            1 => Momentum,
            2 or 3 => s_adam[state],
            _ => null,
        };
    }

    private static CheckpointException Unlike(Slot<T> slot, string why) => new(
        CheckpointFault.OtherRule, $"The rule {slot.Group.Rule.Description.Name} of parameter '{slot.Parameter.Name}' is not like SGD, Adam or AdamW of PyTorch: it {why}.");

    private void ReadValue(Parameter<T> parameter, Memory<T> value)
    {
        if (header.Tensors.ContainsKey(parameter.Name))
            ReadElements(parameter.Name, parameter, value);
        else
            parameter.Value.CopyTo(value);
    }

    private long StepOf(string parameter, long? step)
    {
        if (!header.Tensors.TryGetValue($"{parameter}.{StepName}", out var entry))
        {
            return step ?? throw new CheckpointException(
                CheckpointFault.OtherParameters, $"The file has no tensor '{parameter}.{StepName}': PyTorch's SGD does not count. Pass the number of steps that have been made.");
        }

        Span<byte> bytes = stackalloc byte[sizeof(double)];
        stream.Position = header.DataOffset + entry.Begin;
        double? steps = (entry.ElementType, entry.End - entry.Begin) switch
        {
            ("F32", sizeof(float)) => Read<float>(bytes),
            ("F64", sizeof(double)) => Read<double>(bytes),
            ("I64", sizeof(long)) => Read<long>(bytes),
            _ => null,
        };
        return steps >= 1 && steps == Math.Floor(steps.Value) && steps < long.MaxValue
            ? (long)steps
            : throw new CheckpointException(CheckpointFault.Malformed, $"The tensor '{parameter}.{StepName}' is no step count.");

        TNumber Read<TNumber>(Span<byte> buffer)
            where TNumber : unmanaged
        {
            stream.ReadExactly(buffer[..Unsafe.SizeOf<TNumber>()]);
            return MemoryMarshal.Read<TNumber>(buffer);
        }
    }

    private void ReadElements(string key, Parameter<T> parameter, Memory<T> destination)
    {
        var entry = header.Tensors[key];
        if (entry.ElementType != SafetensorsTensor<T>.ElementTypeName)
            throw new CheckpointException(CheckpointFault.OtherElementType, $"The tensor '{key}' has elements of type {entry.ElementType}; parameter '{parameter.Name}' has {SafetensorsTensor<T>.ElementTypeName}. Convert it when exporting.");
        if (!entry.Shape.SequenceEqual(parameter.Shape.Select(dimension => (long)dimension)))
            throw new CheckpointException(CheckpointFault.OtherShape, $"The tensor '{key}' has the shape [{string.Join(" × ", entry.Shape)}] and parameter '{parameter.Name}' [{string.Join(" × ", parameter.Shape)}].");
        stream.Position = header.DataOffset + entry.Begin;
        new SafetensorsTensor<T>(key, parameter.Shape, destination).Read(stream);
    }
}
