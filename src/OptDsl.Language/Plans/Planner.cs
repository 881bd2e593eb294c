using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>From a rule model to its plan.</summary>
internal sealed class Planner
{
    private readonly RuleModel _model;
    private readonly ScheduledRule _rule;
    private readonly ScalarLayout _scalars;
    private readonly ImmutableArray<TensorPlan> _tensors;
    private readonly ImmutableArray<ReductionPlan> _reductions;
    private readonly ScratchLayout _scratch;

    private Planner(ScheduledRule rule)
    {
        (_model, _rule, _scalars) = (rule.Model, rule, new ScalarLayout(rule));
        var algebra = new WrittenAlgebra(rule.Graph.Table);
        _tensors =
        [
            new TensorPlan(_model.Parameter.Name, _model.Parameter, Cardinality.PerElement, ElementType.OfTensor) { IsChanged = true },
            new TensorPlan(_model.Source.Gradient, null, Cardinality.PerElement, ElementType.OfTensor),
            .. _model.States.Select(state => new TensorPlan(state.Name, state, state.Cardinality, state.IsScalar ? ElementType.Double : TypeOf(state.Source.Storage))
            {
                Initial = GraphBuilder.Build(_model.Initials[state.Index], _model, rule.Graph.Table, algebra),
                When = Existence(rule, state),
                IsChanged = rule.Graph.Changes(state),
            }),
        ];
        _scratch = new ScratchLayout(rule, _scalars, _tensors.Select(tensor => tensor.Name));
        _reductions = [.. rule.Reductions.Select((node, i) => new ReductionPlan(i, node, FormulaOf(node)))];
    }

    /// <param name="model">The rule.</param>
    /// <param name="precise">True to perform the operations as written; else they are rearranged as real numbers allow.</param>
    public static RulePlan Plan(RuleModel model, bool precise) => new Planner(Scheduler.Schedule(model, Simplifier.Simplify(model, precise))).Plan();

    /// <param name="model">The schedule.</param>
    public static SchedulePlan PlanSchedule(RuleModel model)
    {
        // Scalars are cheap: they are computed as written.
        var graph = Simplifier.Simplify(model, precise: true);
        var names = new ScalarLayout(new ScheduledRule(model, graph, []));
        var result = new Variable(model.Result.Target.Name);
        var value = graph.Values[graph.Values.Length - 1];
        var block = ScalarBlockPlanner.Plan([(value, isUsed => new LetStatement(result, value, isUsed))], IsGivenAtStart, names.DefinitionName);
        return new SchedulePlan(model, block, result);
    }

    private RulePlan Plan()
    {
        var scalars = _scalars.All;
        return new RulePlan(
            _model, _tensors, _scalars,
            ScalarBlockPlanner.Plan([.. scalars.Where(scalar => scalar.IsOfStep).Select(Store)], IsGivenAtStart, _scalars.DefinitionName),
            [.. _rule.Passes.Select(Plan)],
            AtEnd(),
            _rule.LastGradientPass)
        {
            Scratch = _scratch.Tensors,
            ScratchShapes = _scratch.Shapes,
        };
    }

    private string FormulaOf(Node node) => _rule.Graph.Reductions.FirstOrDefault(item => item.Value == node).Key is { } expression ? FormulaLines.Of(_model.Source, expression.Span) : "";

    private PassPlan Plan(Pass pass)
    {
        ImmutableArray<ReductionPlan> reductions =
        [
            .. _reductions.Where(reduction => pass.Reductions.Contains(reduction.Node)),
            .. pass.Reductions.Where(node => node.Op.IsAlongAxis()).Select(node => new ReductionPlan(-1, node, FormulaOf(node)) { Destination = _scratch.Of(node) }),
        ];
        var scalars = _scalars.All.Where(scalar => !scalar.IsOfStep && scalar.Level == pass.Index).ToList();
        return new StatementPlanner(_rule, pass, _scalars, _tensors, reductions, _scratch).Plan() with
        {
            Operation = pass.Operation is { } operation
                ? new MatrixPlan(operation, [.. operation.Inputs().Select(input => TensorOf(pass, input))], _scratch.Of(operation)!, FormulaOf(operation))
                : null,
            Before = scalars.Count == 0 ? null : Between([.. scalars.Select(Store)]),
            BeforeWhen = BeforeWhen(pass, scalars),
            OptionalReads = OptionalReads(pass),
            WhenText = string.Join(" and ", pass.When.Conditions.Select(WhenText)),
            IsThereByDefault = _rule.Traffic.MayHold(pass.When),
        };
    }

    private TensorPlan TensorOf(Pass pass, Node node) => pass.Kept.Contains(node) ? _scratch.Of(node)! : _tensors.First(tensor => Equals(tensor.Symbol, node.Symbol));

    private static (Node Value, Func<bool, ScalarStatement> Statement) Store(ScalarPlan scalar) =>
        (scalar.Value, isUsed => new ScalarStoreStatement(scalar, scalar.Value, isUsed));

    /// <summary>The condition while which a state exists, and those of the tensor's shape under which the rule looks at it.</summary>
    private static Guard Existence(ScheduledRule rule, StateSymbol state)
    {
        var declared = state.IsConditional ? new Guard([rule.Graph.Conditions[state]]) : Guard.Always;
        if (!rule.Model.UsesMatrices || state.IsScalar)
            return declared;
        var uses = rule.Passes.SelectMany(pass =>
        {
            var guards = new Guards(pass);
            var loads = pass.ElementNodes().Where(node => pass.IsLoad(node) && !pass.Kept.Contains(node) && state.Equals(node.Symbol) && guards.IsNeeded(node)).Select(guards.Of);
            return loads.Concat(pass.Stores.Where(store => state.Equals(store.Symbol)).Select(guards.StoreGuard)).Select(guard => new Guard([.. guard.Conditions.Concat(pass.When.Conditions).Distinct()]));
        }).ToList();
        var needed = uses.Count == 0 ? Guard.Always : uses.Aggregate((one, other) => one.Or(other));
        var ofShape = needed.Conditions.Where(condition => DependsOnShape(condition.Node) && !declared.Conditions.Contains(condition));
        return new Guard([.. declared.Conditions.Concat(Scheduler.OfStep(new Guard([.. ofShape])).Conditions).OrderBy(condition => condition.Node.Id)]);
    }

    private static bool DependsOnShape(Node node) => Traversal.InOrder([node]).All(part => part.Op != Op.Step && part.Symbol is not HyperSymbol { Source.Type: HyperType.Schedule }) && Traversal.InOrder([node]).Any(part => part.Op is Op.Rank or Op.Rows or Op.Columns);

    private static bool IsGivenAtStart(Node node) => node.Op is Op.Hyper or Op.Step or Op.Rows or Op.Columns or Op.Rank;

    /// <summary>A block that runs for a tensor, between passes.</summary>
    private ScalarBlock Between(IReadOnlyList<(Node Value, Func<bool, ScalarStatement> Statement)> targets)
    {
        var given = Traversal.InOrder(targets.Select(target => target.Value), node => IsGivenBetween(node) ? [] : node.Operands)
            .Where(IsGivenBetween).Select(node => _scalars.Of(node)?.Name).ToList();
        return ScalarBlockPlanner.Plan(targets, IsGivenBetween, node => _scalars.DefinitionName(node) is { } name && !given.Contains(name) ? name : null);
    }

    private bool IsGivenBetween(Node node) =>
        node.Op is Op.Count or Op.Old || node.Op.IsReduction() || (node.IsOfStep && _scalars.Of(node) is not null);

    private ScalarBlock? AtEnd()
    {
        if (_rule.Graph.ScalarStores.IsEmpty)
            return null;
        var stores = _rule.Graph.ScalarStores.Select(store => (Tensor: _tensors.First(tensor => store.Key.Equals(tensor.Symbol)), Variable: new Variable(store.Key.Name + "New"), store.Value)).ToList();
        var block = Between([.. stores.Select(store => (store.Value, (Func<bool, ScalarStatement>)(isUsed => new LetStatement(store.Variable, store.Value, isUsed))))]);
        return block with { Stores = [.. stores.Select(store => new KeyValuePair<TensorPlan, Variable>(store.Tensor, store.Variable))] };
    }

    private Guard BeforeWhen(Pass pass, List<ScalarPlan> scalars) =>
        pass.Index > 0 && _rule.Passes[pass.Index - 1].When is { IsAlways: false } before
            && scalars.TrueForAll(scalar => _rule.Needs.IsNeeded(scalar.Value) && before.Conditions.All(_rule.Needs.Of(scalar.Value).Conditions.Contains))
            ? before
            : Guard.Always;

    /// <summary>The tensors that a pass of every step reads only where one that may be left out runs.</summary>
    private ImmutableArray<TensorPlan> OptionalReads(Pass pass)
    {
        var guards = new Guards(pass);
        var optional = _rule.Passes.Select(other => other.When).Where(when => !when.IsAlways).ToList();
        var read = pass.ElementNodes().Where(node => pass.IsLoad(node) && guards.IsNeeded(node)).ToLookup(
            node => pass.When.IsAlways && optional.Exists(when => when.Conditions.All(guards.Of(node).Conditions.Contains)),
            node => (StoredSymbol?)node.Symbol);
        return [.. _tensors.Where(tensor => read[true].Contains(tensor.Symbol) && !read[false].Contains(tensor.Symbol))];
    }

    private static ElementType TypeOf(StateStorage storage) => storage switch
    {
        StateStorage.BFloat16 => ElementType.BFloat16,
        StateStorage.Block8 => ElementType.Block8,
        _ => ElementType.OfTensor,
    };

    /// <summary>A condition as the formulas write it.</summary>
    private string WhenText(Condition condition)
    {
        foreach (var isOn in new[] { condition.IsOn, !condition.IsOn })
        {
            var choice = _rule.Graph.Choices.FirstOrDefault(choice => choice.Value == new Condition(condition.Node, isOn)).Key;
            var text = choice is not null ? FormulaLines.Of(_model.Source, choice.Span) : isOn ? _scalars.Of(condition.Node)?.Name : null;
            if (text is not null)
                return isOn == condition.IsOn ? text : $"not ({text})";
        }

        return "";
    }
}
