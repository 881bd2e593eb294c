using System.Text.RegularExpressions;
using OptDsl.Execution;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Checkpoints;

/// <summary>
/// Takes states of PyTorch's optimizers over, as documented at <see cref="Optimizer{T}.ImportTorchState"/>: which tensor a state is,
/// its rule says.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="names">The names of states by their symbols, which go before those that the rules declare.</param>
/// <param name="step">How many steps have been made, where the file does not tell.</param>
internal sealed partial class TorchImport<T>(TorchFile<T> file, IReadOnlyDictionary<string, string>? names, long? step)
    where T : unmanaged
{
    private const string StepName = "step";

    private readonly Dictionary<string, string> _names = (names ?? new Dictionary<string, string>()).ToDictionary(
        pair => LetterForms.OfSymbol(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    private readonly HashSet<string> _symbols = new(StringComparer.Ordinal);

    /// <summary>The symbols of <c>names</c> that no rule has.</summary>
    public IEnumerable<string> UnknownSymbols => _names.Keys.Where(symbol => !_symbols.Contains(symbol));

    /// <summary>Reads the states of a parameter into new memory.</summary>
    /// <exception cref="CheckpointException">The file does not have what the parameter's rule needs.</exception>
    public (SlotImage<T> Image, SavedParameter Saved) Read(Slot<T> slot)
    {
        var (parameter, shape) = (slot.Parameter, slot.Group.Shape);
        _symbols.UnionWith(slot.Group.Rule.Description.States.Select(state => LetterForms.OfSymbol(state.Symbol)));
        var layout = LayoutOf(slot);
        if (file.KeysOf(parameter.Name).Count == 0 && layout.StateCount + shape.TensorStates.Length > 0)
        {
            throw new CheckpointException(
                CheckpointFault.OtherParameters,
                $"The file has no states of parameter '{parameter.Name}': no tensor begins with '{parameter.Name}.'. Export them under the names of the parameters, or freeze those that have none.");
        }

        var steps = StepOf(parameter.Name);
        var image = SlotImage<T>.For(slot, layout, stepped: true, withValue: true, withGradient: false, withSlow: false, averages: []);
        if (!file.TryReadValue(parameter, image.Value!.Value))
            parameter.Value.CopyTo(image.Value!.Value);
        for (var state = 0; state < shape.ElementStates.Length; state++)
        {
            if (!layout.Has(state))
                continue;
            var (key, name) = TensorOf(slot, shape.ElementStates[state]);
            var ofElements = shape.ElementStates[state].IsOfElements;
            var values = image.States!.Offer(state);
            file.ReadElements(
                key, parameter, ofElements ? parameter.Shape : Extents.Of(shape.ElementStates[state]).Dimensions(parameter.MatrixShape), values, !TorchStates.AreNeverNegative(name),
                ofElements ? slot.Share.Start : 0);
            image.States.Take(state, values);
        }

        for (var state = 0; state < shape.TensorStates.Length; state++)
        {
            var (key, name) = TensorOf(slot, shape.TensorStates[state]);
            image.TensorStates[state] = file.ReadNumber(key, !TorchStates.AreNeverNegative(name));
        }

        return (image, new SavedParameter(parameter.Name, steps, slot.Frozen, SlowIsFresh: false, HasGradient: slot.Parameter.HasGradient, Absent: []));
    }

    /// <summary>Reads the states that a group shares, which the file has with each of its parameters; null where the rule has none.</summary>
    /// <exception cref="CheckpointException">The file does not have them, or has different ones of parameters that share them.</exception>
    public double[]? ReadGroup(ParameterGroup<T> group)
    {
        List<Slot<T>> slots = [.. group.Slots.Where(slot => !slot.Frozen)];
        if (group.Shape is not { GroupStates.Length: > 0 } shape || slots.Count == 0)
            return null;
        return [.. shape.GroupStates.Select(state => Shared(slots, state))];
    }

    private double Shared(List<Slot<T>> slots, StateDescription state)
    {
        double? shared = null;
        foreach (var slot in slots)
        {
            var (key, name) = TensorOf(slot, state);
            var value = file.ReadNumber(key, !TorchStates.AreNeverNegative(name));
            if (shared is { } other && !value.Equals(other))
                throw new CheckpointException(CheckpointFault.OtherGroups, FormattableString.Invariant($"The parameters '{slots[0].Parameter.Name}' and '{slot.Parameter.Name}' share the state '{state.Symbol}' of the rule {NameOf(slot)}, and the file has {other} and {value}. Divide them into groups as they were."));
            shared = value;
        }

        return shared!.Value;
    }

    /// <summary>The states that the rule's options ask for.</summary>
    private static StateLayout LayoutOf(Slot<T> slot)
    {
        var (rule, shape) = (slot.Group.Rule, slot.Group.Shape);
        var scalars = new double[shape.ScalarCount];
        slot.Group.BeginStep(1, 1, slot.Parameter.MatrixShape, scalars);
        return slot.Group.LayoutOf(state => rule.HasState(state, scalars));
    }

    private (string Key, string Name) TensorOf(Slot<T> slot, StateDescription state)
    {
        var parameter = slot.Parameter.Name;
        if ((_names.GetValueOrDefault(LetterForms.OfSymbol(state.Symbol)) ?? DeclaredName(state)) is not { } name)
        {
            throw new CheckpointException(
                CheckpointFault.OtherRule,
                $"Nothing says which tensor the state '{state.Symbol}' of the rule {NameOf(slot)} is, of parameter '{parameter}': tell by names, as {{ [\"{state.Symbol}\"] = \"exp_avg\" }}, or declare it, as Meaning = \"first moment (exp_avg)\".");
        }

        return file.KeyOf(parameter, name) is { } key ? (key, name) : throw new CheckpointException(
            CheckpointFault.OtherRule,
            $"The state '{state.Symbol}' of the rule {NameOf(slot)} would be the tensor '{parameter}.{name}', which the file does not have; it has {string.Join(", ", file.KeysOf(parameter).Select(other => $"'{other}'"))}.");
    }

    /// <summary>The name in brackets in what the state means: <c>first moment (exp_avg)</c>.</summary>
    private static string? DeclaredName(StateDescription state) => TorchName.Match(state.Meaning) is { Success: true } match ? match.Groups[1].Value : null;

    private static string NameOf(Slot<T> slot) => slot.Group.Rule.Description.Name;

    private long StepOf(string parameter)
    {
        if (file.KeyOf(parameter, StepName) is not { } key)
        {
            return step ?? throw new CheckpointException(
                CheckpointFault.OtherParameters, $"The file has no tensor '{parameter}.{StepName}': PyTorch's SGD does not count. Pass the number of steps that have been made.");
        }

        var steps = file.ReadNumber(key, mayBeNegative: true);
        return steps >= 1 && steps == Math.Floor(steps) && steps < 1L << 53
            ? (long)steps
            : throw new CheckpointException(CheckpointFault.Malformed, FormattableString.Invariant($"The tensor '{key}' is no step count: it is {steps}."));
    }

    [GeneratedRegex(@"\(([A-Za-z_][A-Za-z0-9_]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex TorchName { get; }
}
