using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl.Checkpoints;

/// <summary>
/// All tensors of one parameter: the live ones, to be written, or new ones to read into, which take the place of the live ones
/// once everything has been read.
/// </summary>
internal sealed record SlotImage<T>(
    Slot<T> Slot,
    Memory<T>? Value,
    Memory<T>? Gradient,
    StateMemory<T>? States,
    StateLayout Layout,
    double[] TensorStates,
    AlignedArray<T>? Slow,
    IReadOnlyList<(WeightAverage<T> Average, AlignedArray<T> Elements)> Averages,
    Share Share)
    where T : unmanaged
{
    private static readonly int[] s_scalarShape = [];

    // Where the memory of values and gradients begins in the tensor; null where it is all of it.
    private int? _start;

    /// <summary>The live tensors.</summary>
    /// <param name="slot">The parameter.</param>
    /// <param name="averages">The averages.</param>
    /// <param name="withGradient">True to have the gradient, which belongs to them while a step is only half accumulated.</param>
    /// <param name="ofShare">True for the share of the value and of the gradient.</param>
    /// <param name="gradient">The gradient, where it is not the parameter's own.</param>
    public static SlotImage<T> Of(Slot<T> slot, IEnumerable<WeightAverage<T>> averages, bool withGradient, bool ofShare = false, Memory<T>? gradient = null)
    {
        var stepped = slot.StepsTaken > 0;
        return new SlotImage<T>(
            slot,
            ofShare ? slot.Parameter.Value.Slice(slot.Share.Start, slot.Share.Length) : slot.Parameter.Value,
            !withGradient || slot.Parameter.Gradient.IsEmpty ? (Memory<T>?)null : gradient ?? slot.Parameter.Gradient,
            stepped ? slot.States : null,
            slot.Layout,
            stepped ? slot.TensorStates : [],
            slot.Slow,
            [.. averages.Where(average => average.ElementsOf(slot) is not null).Select(average => (average, average.ElementsOf(slot)!))],
            slot.Share)
        {
            _start = ofShare ? slot.Share.Start : null,
        };
    }

    /// <summary>The same tensors in memory of their own.</summary>
    public SlotImage<T> Copy() => this with
    {
        Value = Value?.ToArray(),
        Gradient = Gradient?.ToArray(),
        States = States?.Copy(),
        TensorStates = [.. TensorStates],
        Slow = Slow?.Copy(1),
        Averages = [.. Averages.Select(entry => (entry.Average, entry.Elements.Copy(1)))],
    };

    /// <summary>True for the value alone, which leaves the states as they are.</summary>
    public bool OnlyValue { get; private init; }

    /// <summary>A new value alone.</summary>
    public static SlotImage<T> ForValue(Slot<T> slot) =>
        new(slot, new T[slot.Parameter.Length], Gradient: null, States: null, slot.Layout, TensorStates: [], Slow: null, Averages: [], slot.Share) { OnlyValue = true };

    /// <summary>New tensors.</summary>
    public static SlotImage<T> For(
        Slot<T> slot, StateLayout layout, bool stepped, bool withValue, bool withGradient, bool withSlow, IEnumerable<WeightAverage<T>> averages)
    {
        var length = slot.Parameter.Length;
        var shape = slot.Group.Shape;
        return new SlotImage<T>(
            slot,
            withValue ? new T[length] : (Memory<T>?)null,
            withGradient ? new T[length] : (Memory<T>?)null,
            stepped && layout.StateCount > 0 ? new StateMemory<T>(shape.ElementStates, layout, slot.Share.Length, slot.Parameter.MatrixShape) : null,
            layout,
            stepped ? new double[shape.TensorStates.Length] : [],
            withSlow ? new AlignedArray<T>(1, slot.Share.Length) : null,
            [.. averages.Select(average => (average, new AlignedArray<T>(1, slot.Share.Length)))],
            slot.Share);
    }

    public static string NameOfValue(string parameter) => $"parameter/{parameter}";

    public static string NameOfState(string parameter, string symbol) => $"state/{parameter}/{symbol}";

    /// <summary>The scales of a state of <see cref="Storage.Block8"/>.</summary>
    public static string NameOfScales(string parameter, string symbol) => $"scale/{parameter}/{symbol}";

    public static string NameOfSlow(string parameter) => $"slow/{parameter}";

    public static string NameOfAverage(string average, string parameter) => $"average/{average}/{parameter}";

    /// <summary>The tensors by the names that they have in files.</summary>
    public IEnumerable<SafetensorsTensor> Tensors()
    {
        var parameter = Slot.Parameter;
        var shape = Slot.Group.Shape;
        int? start = Slot.IsShared ? Share.Start : null;
        if (Value is { } value)
            yield return new SafetensorsTensor<T>(NameOfValue(parameter.Name), parameter.Shape, value, _start);
        if (Gradient is { } gradient)
            yield return new SafetensorsTensor<T>($"gradient/{parameter.Name}", parameter.Shape, gradient, _start);
        for (var state = 0; States is not null && state < shape.ElementStates.Length; state++)
        {
            if (!Layout.Has(state))
                continue;
            var name = NameOfState(parameter.Name, shape.ElementStates[state].Symbol);
            switch (States.StorageOf(state))
            {
                case Storage.BFloat16:
                    yield return new SafetensorsTensor<ushort>(name, parameter.Shape, States.HalvesOf(state), start);
                    continue;
                case Storage.Block8:
                    yield return new SafetensorsTensor<byte>(name, parameter.Shape, States.CodesOf(state), start);
                    yield return new SafetensorsTensor<float>(
                        NameOfScales(parameter.Name, shape.ElementStates[state].Symbol), [BlockCodes.CountOf(parameter.Length)], States.ScalesOf(state), start / BlockFrame.Length);
                    continue;
            }

            var dimensions = shape.ElementStates[state].IsOfElements ? parameter.Shape : Extents.Of(shape.ElementStates[state]).Dimensions(parameter.MatrixShape);
            yield return new SafetensorsTensor<T>(name, dimensions, States[state], start is null || shape.ElementStates[state].IsOfElements ? start : 0);
        }

        for (var state = 0; state < TensorStates.Length; state++)
            yield return new SafetensorsTensor<double>($"state/{parameter.Name}/{shape.TensorStates[state].Symbol}", s_scalarShape, TensorStates.AsMemory(state, 1));
        if (Slow is not null)
            yield return new SafetensorsTensor<T>(NameOfSlow(parameter.Name), parameter.Shape, Slow.Row(0), start);
        foreach (var (average, elements) in Averages)
            yield return new SafetensorsTensor<T>(NameOfAverage(average.Name, parameter.Name), parameter.Shape, elements.Row(0), start);
    }

    /// <summary>Takes the place of the live tensors. Cannot fail.</summary>
    public void Commit(SavedParameter saved)
    {
        Value?.Span.CopyTo(Slot.Parameter.Value.Span);
        if (OnlyValue)
        {
            // Slow weights would lead back to the weights that were here before.
            Slot.Slow = null;
            return;
        }

        Gradient?.Span.CopyTo(Slot.Parameter.Gradient.Span);
        Slot.Share = Share;
        Slot.States = States;
        Slot.Layout = Layout;
        Slot.TensorStates = TensorStates;
        Slot.Slow = Slow;
        Slot.SlowIsFresh = saved.SlowIsFresh;
        Slot.StepsTaken = saved.Steps;
        Slot.Frozen = saved.Frozen;
    }
}
