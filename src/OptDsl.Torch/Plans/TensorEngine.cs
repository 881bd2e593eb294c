using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Plans;

/// <summary>Steps parameters of any type, layout and device by the rules' formulas, through operations of torch.</summary>
internal sealed class TensorEngine(SixteenBitWeights sixteenBit) : Engine
{
    private readonly Dictionary<TrainedParameter, TensorSlot> _slots = [];
    private readonly Dictionary<RuleGroup, GroupStep> _groups = [];
    private readonly Dictionary<RuleGroup, List<TensorSlot>> _taken = [];

    public override void Add(RuleGroup group, IReadOnlyList<TrainedParameter> parameters)
    {
        _groups.Add(group, new GroupStep(group.Rule));
        _taken.Add(group, []);
        foreach (var parameter in parameters)
            _slots.Add(parameter, new TensorSlot(parameter.Parameter, parameter.Name, sixteenBit));
    }

    public override void Take(TrainedParameter parameter, Tensor gradient)
    {
        var slot = _slots[parameter];
        slot.GivenGradient = gradient;
        _taken[parameter.Group].Add(slot);
    }

    public override void Step(int threads)
    {
        foreach (var (group, slots) in _taken)
            _groups[group].Run(slots);
    }

    public override void Release()
    {
        foreach (var slots in _taken.Values)
        {
            foreach (var slot in slots)
                slot.GivenGradient = null;
            slots.Clear();
        }
    }

    public override ParameterState StateOf(TrainedParameter parameter)
    {
        var (slot, symbols) = (_slots[parameter], parameter.Group.Rule.Description.States);
        return new ParameterState(slot.StepsTaken, slot.States.ToDictionary(pair => symbols[pair.Key].Symbol, pair => Copy(pair.Value)), slot.Master is null ? null : Copy(slot.Master));
    }

    public override void SetState(TrainedParameter parameter, ParameterState state)
    {
        var (slot, step, symbols) = (_slots[parameter], _groups[parameter.Group], parameter.Group.Rule.Description.States);
        slot.Dispose();
        slot.StepsTaken = state.Steps;
        step.StepsTaken = Math.Max(step.StepsTaken, state.Steps);
        for (var i = 0; i < symbols.Count; i++)
        {
            if (state.States.TryGetValue(symbols[i].Symbol, out var tensor))
                slot.States.Add(i, slot.Arithmetic.Keep(tensor, perElement: symbols[i].Per != Per.Tensor));
        }

        if (state.Master is not null && slot.HasMaster)
            slot.Master = slot.Arithmetic.Keep(state.Master, perElement: true);
    }

    public override IReadOnlyDictionary<string, double> GroupStates(RuleGroup group) =>
        _groups.TryGetValue(group, out var step)
            ? step.GroupStates.ToDictionary(pair => group.Rule.Description.States[pair.Key].Symbol, pair => pair.Value.ToDouble())
            : new Dictionary<string, double>();

    public override void SetGroupStates(RuleGroup group, IReadOnlyDictionary<string, double> states)
    {
        if (!_groups.TryGetValue(group, out var step))
            return;
        foreach (var state in step.GroupStates.Values)
            state.Dispose();
        step.GroupStates.Clear();
        var device = group.NamedParameters[0].Parameter.device;
        for (var i = 0; i < group.Rule.Description.States.Count; i++)
        {
            if (states.TryGetValue(group.Rule.Description.States[i].Symbol, out var value))
                step.GroupStates.Add(i, new TensorArithmetic(ScalarType.Float64, device).Single(value).DetachFromDisposeScope());
        }
    }

    public override void Dispose()
    {
        foreach (var slot in _slots.Values)
            slot.Dispose();
        foreach (var state in _groups.Values.SelectMany(group => group.GroupStates.Values))
            state.Dispose();
        _slots.Clear();
        _groups.Clear();
        _taken.Clear();
    }

    private static Tensor Copy(Tensor tensor) => tensor.detach().to(torch.CPU, copy: true);
}
