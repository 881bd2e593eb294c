using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>All that a step of a rule does, in the order in which it does it, in no language: what a back end writes down.</summary>
/// <remarks>
/// One step: <see cref="AtStart"/> computes the scalars that are the same for all tensors. Then, pass by pass and tensor by tensor, what
/// the pass needs of the tensor or the group is computed (<see cref="PassPlan.Before"/>), and the pass runs over the elements. At the
/// end the states of one number get their new values (<see cref="AtEnd"/>). Values are <see cref="Node"/>s: a back end prints the operation
/// of one, or the name of what holds it.
/// </remarks>
/// <param name="Model">The rule.</param>
/// <param name="Tensors">What lives from step to step, and the gradient: the parameter, the gradient, the states as they are declared.</param>
/// <param name="Scalars">The values that are the same for all elements of a tensor, and that passes or conditions read.</param>
/// <param name="AtStart">Computes the scalars of the step.</param>
/// <param name="Passes">The passes over memory.</param>
/// <param name="AtEnd">The new values of the states of one number, or null where there are none.</param>
/// <param name="LastGradientPass">The pass after which the gradient is not needed any more, and may be zeroed.</param>
internal sealed record RulePlan(
    RuleModel Model,
    ImmutableArray<TensorPlan> Tensors,
    ScalarLayout Scalars,
    ScalarBlock AtStart,
    ImmutableArray<PassPlan> Passes,
    ScalarBlock? AtEnd,
    int LastGradientPass)
{
    /// <summary>The reductions of all passes, in order.</summary>
    public ImmutableArray<ReductionPlan> Reductions { get; } = [.. Passes.SelectMany(pass => pass.Reductions)];

    /// <summary>What is computed on the way and kept in memory from one pass to another.</summary>
    public ImmutableArray<TensorPlan> Scratch { get; init; } = [];

    /// <summary>The dimensions of the tensors that there is memory for, for what is computed on the way: several may use one after the other.</summary>
    public ImmutableArray<Cardinality> ScratchShapes { get; init; } = [];

    /// <summary>True for a rule that sees its parameter as a matrix.</summary>
    public bool UsesShape => Model.UsesMatrices;

    /// <summary>The states that are tensors.</summary>
    public ImmutableArray<TensorPlan> ElementStates { get; } = [.. Tensors.Where(tensor => tensor.Symbol is StateSymbol { IsScalar: false })];

    /// <summary>The states of one number, in the order of their declaration: those per tensor and those per group.</summary>
    public ImmutableArray<TensorPlan> NumberStates { get; } = [.. Tensors.Where(tensor => tensor.Symbol is StateSymbol { IsScalar: true })];

    public ImmutableArray<TensorPlan> TensorStates { get; } = [.. Tensors.Where(tensor => tensor.Cardinality == Cardinality.PerTensor)];

    public ImmutableArray<TensorPlan> GroupStates { get; } = [.. Tensors.Where(tensor => tensor.Cardinality == Cardinality.PerGroup)];

    /// <summary>The hyper-parameters that the initial values of states need.</summary>
    public ImmutableArray<HyperSymbol> InitialHypers { get; } =
        [.. Model.Hypers.Where(hyper => Traversal.InOrder(Tensors.Select(tensor => tensor.Initial).OfType<Node>()).Any(node => hyper.Equals(node.Symbol)))];

    /// <summary>True when states come and go with the hyper-parameters.</summary>
    public bool HasConditionalStates => Tensors.Any(tensor => !tensor.When.IsAlways);

    /// <summary>True when some passes are left out in some steps.</summary>
    public bool HasConditionalPasses => Passes.Any(pass => !pass.When.IsAlways);

    /// <summary>True when something has to be computed for each tensor or group.</summary>
    public bool HasTensorScalars => AtEnd is not null || Passes.Any(pass => pass.Before is not null);

    /// <summary>Any of these holds where something has to be computed for each tensor.</summary>
    public ImmutableArray<Guard> TensorScalarsWhen { get; } =
        AtEnd is not null ? [Guard.Always] : [.. Passes.Where(pass => pass.Before is not null).Select(pass => pass.BeforeWhen).Distinct()];

    public TensorPlan Of(StoredSymbol symbol) => Tensors.First(tensor => symbol.Equals(tensor.Symbol));
}

/// <summary>All that a schedule does for a step.</summary>
/// <param name="Model">The schedule.</param>
/// <param name="Block">Computes its value.</param>
/// <param name="Result">The value.</param>
internal sealed record SchedulePlan(RuleModel Model, ScalarBlock Block, Variable Result);
