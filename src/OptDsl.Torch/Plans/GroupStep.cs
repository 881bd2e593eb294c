using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Plans;

/// <summary>Steps the tensors of a group by the formulas of its rule, through operations of torch.</summary>
internal sealed class GroupStep
{
    private readonly RuleModel _model;
    private readonly IReadOnlyList<Expr> _conditions;
    private readonly Dictionary<string, TensorPlan> _plans = [];
    private readonly bool _countsTogether;
    private readonly bool _waits;

    public GroupStep(IUpdateRule rule)
    {
        Rule = rule;
        _model = DeclaredRule.Model(rule);
        _conditions = PlanBuilder.ConditionsOf(_model);
        _countsTogether = _model.States.Any(state => state.Cardinality == Cardinality.PerGroup);
        _waits = PlanBuilder.ReducesGroups(_model);
    }

    public IUpdateRule Rule { get; }

    /// <summary>The steps that the tensors have taken together.</summary>
    public long StepsTaken { get; set; }

    /// <summary>The per-group states by their position in the declaration.</summary>
    public Dictionary<int, Tensor> GroupStates { get; } = [];

    /// <summary>One step.</summary>
    /// <param name="tensors">The tensors that take part, each with a gradient.</param>
    public void Run(IReadOnlyList<TensorSlot> tensors)
    {
        if (tensors.Count == 0)
            return;
        var cohorts = tensors.Select(StepOf).Distinct().ToDictionary(step => step, step => new StepScalars(Rule, step));
        Check(cohorts.Keys);
        if (_waits)
        {
            RunTogether(tensors, cohorts);
        }
        else
        {
            foreach (var slot in tensors)
                RunAlone(slot, cohorts[StepOf(slot)]);
        }

        StepsTaken = Math.Max(StepsTaken, cohorts.Keys.Max());
    }

    /// <summary>Gives a tensor the states that it lacks, with their values before the first step, and takes away those that do not exist.</summary>
    public void Prepare(TensorSlot slot, StepScalars scalars)
    {
        var existing = _model.States.Where(state => PlanBuilder.Exists(_model, state, condition => scalars.Holds(condition))).ToList();
        foreach (var gone in slot.States.Keys.Except(existing.Select(state => state.Index)).ToList())
        {
            slot.States[gone].Dispose();
            slot.States.Remove(gone);
        }

        List<StateSymbol> missing = [.. existing.Where(state => !(state.Cardinality == Cardinality.PerGroup ? GroupStates : slot.States).ContainsKey(state.Index))];
        if (missing.Count == 0)
            return;
        var first = new StepScalars(Rule, 1);
        var plan = PlanBuilder.Initialisation(_model, missing, condition => first.Holds(condition));
        var frame = new TensorFrame(plan, first, slot.Arithmetic, new Dictionary<StoredSymbol, Tensor> { [_model.Parameter] = slot.Weights() }, null, slot.Parameter);
        frame.Run();
        var used = new HashSet<Tensor>(ReferenceEqualityComparer.Instance) { frame.Weights(_model) };
        foreach (var root in plan.Roots)
        {
            var state = (StateSymbol)root.Symbol;
            (state.Cardinality == Cardinality.PerGroup ? GroupStates : slot.States).Add(state.Index, frame.Take(root, used).DetachFromDisposeScope());
        }
    }

    private long StepOf(TensorSlot slot) => (_countsTogether ? StepsTaken : slot.StepsTaken) + 1;

    /// <summary>Every hyper-parameter is checked as the kernels do it, before anything is written.</summary>
    private void Check(IEnumerable<long> steps)
    {
        var scalars = new double[Rule.Description.ScalarCount];
        foreach (var step in steps)
            Rule.BeginStep(step, scalars);
    }

    /// <summary>The plan for the way that the conditions turn out; those in which cohorts differ are decided tensor by tensor.</summary>
    private TensorPlan PlanOf(params ReadOnlySpan<StepScalars> cohorts)
    {
        var outcomes = new Dictionary<Expr, bool?>(ReferenceEqualityComparer.Instance);
        var text = new char[_conditions.Count];
        for (var i = 0; i < text.Length; i++)
        {
            bool? outcome = cohorts[0].Holds(_conditions[i]);
            foreach (var cohort in cohorts[1..])
            {
                if (cohort.Holds(_conditions[i]) != outcome)
                    outcome = null;
            }

            outcomes[_conditions[i]] = outcome;
            text[i] = outcome switch { true => '1', false => '0', null => '?' };
        }

        var key = new string(text);
        if (!_plans.TryGetValue(key, out var plan))
            _plans.Add(key, plan = PlanBuilder.Step(_model, condition => outcomes[condition]));
        return plan;
    }

    private void RunAlone(TensorSlot slot, StepScalars scalars)
    {
        using var scope = torch.NewDisposeScope();
        var plan = PlanOf(scalars);
        var frame = Begin(slot, scalars, plan);
        frame.Run();
        End(slot, plan, frame, keepsGroup: true);
        slot.StepsTaken = StepOf(slot);
    }

    private void RunTogether(IReadOnlyList<TensorSlot> tensors, Dictionary<long, StepScalars> cohorts)
    {
        using var scope = torch.NewDisposeScope();
        var plan = PlanOf([.. cohorts.Values]);
        var frames = tensors.Select(slot => (Slot: slot, Frame: Begin(slot, cohorts[StepOf(slot)], plan))).ToList();
        for (var node = 0; node < plan.Nodes.Count; node++)
        {
            foreach (var (_, frame) in frames)
                frame.Run(node);
            if (plan.Nodes[node] is { OverGroup: true } reduction)
                Combine(reduction, node, frames);
        }

        foreach (var (slot, frame) in frames)
        {
            End(slot, plan, frame, keepsGroup: slot == frames[0].Slot);
            slot.StepsTaken = StepOf(slot);
        }
    }

    private static void Combine(PlanNode reduction, int node, List<(TensorSlot Slot, TensorFrame Frame)> frames)
    {
        if (reduction.Kind == NodeKind.Count)
        {
            var count = frames.Sum(frame => frame.Frame[node].Number);
            foreach (var (_, frame) in frames)
                frame[node] = count;
            return;
        }

        var total = frames[0].Slot.Arithmetic.Combine(reduction.Operation, frames.Select(frame => frame.Frame[node]));
        foreach (var (slot, frame) in frames)
            frame[node] = total.Tensor!.to(slot.Parameter.device);
    }

    private TensorFrame Begin(TensorSlot slot, StepScalars scalars, TensorPlan plan)
    {
        Prepare(slot, scalars);
        var stored = new Dictionary<StoredSymbol, Tensor> { [_model.Parameter] = slot.Weights() };
        foreach (var state in _model.States)
        {
            if (state.Cardinality == Cardinality.PerGroup && GroupStates.TryGetValue(state.Index, out var shared))
                stored.Add(state, shared.to(slot.Parameter.device));
            else if (slot.States.TryGetValue(state.Index, out var own))
                stored.Add(state, own);
        }

        return new TensorFrame(plan, scalars, slot.Arithmetic, stored, slot.Gradient(), slot.Parameter);
    }

    private void End(TensorSlot slot, TensorPlan plan, TensorFrame frame, bool keepsGroup)
    {
        var weights = frame.Weights(_model);
        var used = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        used.UnionWith(_model.States.Where(state => !plan.Replaced.Contains(state)).Select(state => slot.States.GetValueOrDefault(state.Index)).OfType<Tensor>());
        if (!plan.Replaced.Contains(_model.Parameter))
            used.Add(weights);
        if (plan.Nodes.Any(node => node is { Kind: NodeKind.Gradient }))
            used.Add(frame.GradientTensor!);

        // The weights first: in place, or copied from what the step computed, which a state may then keep.
        foreach (var root in plan.Roots)
        {
            if (root.Symbol is ParameterSymbol && plan.Replaced.Contains(root.Symbol))
            {
                var result = frame.Numeric(root);
                slot.Write(result, isInPlace: ReferenceEquals(result, weights));
                used.Add(weights);
            }
        }

        var old = new List<Tensor>();
        foreach (var root in plan.Roots)
        {
            if (root.Symbol is not StateSymbol state || !plan.Replaced.Contains(state) || (state.Cardinality == Cardinality.PerGroup && !keepsGroup))
                continue;
            var states = state.Cardinality == Cardinality.PerGroup ? GroupStates : slot.States;
            old.Add(states[state.Index]);
            states[state.Index] = frame.Take(root, used).DetachFromDisposeScope();
        }

        foreach (var tensor in old)
        {
            if (!used.Contains(tensor))
                tensor.Dispose();
        }
    }
}
