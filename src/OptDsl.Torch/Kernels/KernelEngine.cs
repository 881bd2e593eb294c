using System.Runtime.InteropServices;
using OptDsl.Execution;
using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Kernels;

/// <summary>Steps contiguous parameters in the CPU's memory by the rules' kernels.</summary>
internal sealed class KernelEngine<T> : Engine
    where T : unmanaged
{
    private readonly Optimizer<T> _optimizer = new();
    private readonly Dictionary<TrainedParameter, KernelSlot<T>> _slots = [];
    private readonly Dictionary<RuleGroup, ParameterGroup<T>> _groups = [];
    private readonly List<KernelSlot<T>> _taken = [];

    private static ScalarType Type => typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64;

    public override void Add(RuleGroup group, IReadOnlyList<TrainedParameter> parameters)
    {
        foreach (var parameter in parameters)
            _slots.Add(parameter, new KernelSlot<T>(parameter.Parameter, parameter.Name));
        _groups.Add(group, _optimizer.Add((IUpdateRule<T>)group.Rule, parameters.Select(parameter => _slots[parameter].Parameter)));
    }

    public override void Take(TrainedParameter parameter, Tensor gradient)
    {
        var slot = _slots[parameter];
        slot.Take(gradient);
        _taken.Add(slot);
    }

    public override void Step(int threads)
    {
        if (_taken.Count == 0)
            return;
        if (_taken.Count < _slots.Count)
        {
            foreach (var slot in _slots.Values)
                slot.RestUnlessTaken();
        }

        _optimizer.MaxDegreeOfParallelism = threads;
        _optimizer.Step();
        foreach (var slot in CollectionsMarshal.AsSpan(_taken))
            slot.TellAutograd();
    }

    public override void Release()
    {
        foreach (var slot in CollectionsMarshal.AsSpan(_taken))
            slot.Release();
        _taken.Clear();
    }

    public override ParameterState StateOf(TrainedParameter parameter)
    {
        var slot = _optimizer.SlotOf(parameter.Name);
        var states = new Dictionary<string, Tensor>();
        var shape = slot.Group.Shape;
        for (var i = 0; i < shape.ElementStates.Length && slot.StepsTaken > 0; i++)
        {
            if (slot.Layout.Has(i))
                states.Add(shape.ElementStates[i].Symbol, ToTensor(slot.States!.Values(i).Span, ShapeOf(shape.ElementStates[i], slot.Parameter, parameter.Parameter.shape)));
        }

        for (var i = 0; i < shape.TensorStates.Length && slot.StepsTaken > 0; i++)
            states.Add(shape.TensorStates[i].Symbol, torch.tensor(slot.TensorStates[i], ScalarType.Float64));
        return new ParameterState(slot.StepsTaken, states, null);
    }

    public override void SetState(TrainedParameter parameter, ParameterState state)
    {
        var slot = _optimizer.SlotOf(parameter.Name);
        var shape = slot.Group.Shape;
        slot.ForgetStates();
        slot.StepsTaken = state.Steps;
        if (state.Steps > 0)
        {
            slot.AllocateStates(slot.Group.LayoutOf(i => state.States.ContainsKey(shape.ElementStates[i].Symbol)), 1L);
            for (var i = 0; i < shape.ElementStates.Length; i++)
            {
                if (!state.States.TryGetValue(shape.ElementStates[i].Symbol, out var tensor))
                    continue;
                var values = slot.States!.Offer(i);
                CopyTo(tensor, values.Span);
                slot.States.Take(i, values);
            }

            for (var i = 0; i < shape.TensorStates.Length; i++)
                slot.TensorStates[i] = state.States.TryGetValue(shape.TensorStates[i].Symbol, out var single) ? single.ToDouble() : slot.Group.Rule.InitialTensorState(i, 1L);
        }

        _optimizer.Replan();
    }

    public override IReadOnlyDictionary<string, double> GroupStates(RuleGroup group) =>
        _groups.TryGetValue(group, out var own) && own.States.Length > 0
            ? own.Shape.GroupStates.Select((state, i) => (state.Symbol, Value: own.States[i])).ToDictionary(pair => pair.Symbol, pair => pair.Value)
            : new Dictionary<string, double>();

    public override void SetGroupStates(RuleGroup group, IReadOnlyDictionary<string, double> states)
    {
        if (_groups.TryGetValue(group, out var own) && states.Count > 0)
            own.States = [.. own.Shape.GroupStates.Select(state => states[state.Symbol])];
    }

    public override void Dispose()
    {
        foreach (var slot in _slots.Values)
            slot.Dispose();
        _slots.Clear();
    }

    private static long[] ShapeOf(StateDescription state, Parameter<T> parameter, long[] shape) =>
        state.IsOfElements ? shape : Array.ConvertAll(Extents.Of(state).Dimensions(parameter.MatrixShape), dimension => (long)dimension);

    private static Tensor ToTensor(Span<T> elements, long[] shape)
    {
        var tensor = torch.empty(shape, Type);
        MemoryMarshal.AsBytes(elements).CopyTo(tensor.bytes);
        return tensor;
    }

    private static void CopyTo(Tensor tensor, Span<T> elements)
    {
        using var own = tensor.to(Type, torch.CPU);
        using var inOrder = own.contiguous();
        inOrder.bytes.CopyTo(MemoryMarshal.AsBytes(elements));
    }
}
