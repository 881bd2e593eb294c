using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>One pass over memory.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="When">The conditions of a step under which it runs; where they do not hold, it has nothing to do.</param>
/// <param name="Reads">The tensors that it reads, in the order of their declaration.</param>
/// <param name="Writes">The tensors that it writes, in the order in which it does.</param>
/// <param name="Reductions">What it sums up.</param>
/// <param name="Numbers">The scalars that it reads as numbers.</param>
/// <param name="Choices">The scalars that it reads as conditions: first those that the existence of states depends on.</param>
/// <param name="Statements">What it does for each element, in order.</param>
/// <param name="Variables">The variables that hold values of an element.</param>
/// <param name="Operations">What is computed for an element, each operation once.</param>
/// <param name="ValueCount">The number of values of an element that are loaded or computed.</param>
internal sealed record PassPlan(
    int Index,
    Guard When,
    ImmutableArray<TensorPlan> Reads,
    ImmutableArray<TensorPlan> Writes,
    ImmutableArray<ReductionPlan> Reductions,
    ImmutableArray<ScalarPlan> Numbers,
    ImmutableArray<ScalarPlan> Choices,
    ImmutableArray<Statement> Statements,
    ImmutableDictionary<Node, Variable> Variables,
    ImmutableArray<Op> Operations,
    int ValueCount)
{
    /// <summary>Computes the scalars of the tensor or the group that are known before this pass and not earlier, or null where there are none.</summary>
    public ScalarBlock? Before { get; init; }

    /// <summary>The conditions of a step under which <see cref="Before"/> is needed: those of the pass before, or none.</summary>
    public Guard BeforeWhen { get; init; } = Guard.Always;

    /// <summary>What it reads only in a step in which a pass that may be left out runs.</summary>
    public ImmutableArray<TensorPlan> OptionalReads { get; init; } = [];

    /// <summary><see cref="When"/> as the formulas write it; empty for always.</summary>
    public string WhenText { get; init; } = "";

    /// <summary>False for a pass that the defaults of the hyper-parameters leave out.</summary>
    public bool IsThereByDefault { get; init; } = true;

    /// <summary>What it goes over: the elements of the parameter, or of something of another shape.</summary>
    public Cardinality Domain { get; init; } = Cardinality.PerElement;

    /// <summary>What is computed of whole matrices, in place of a pass; null for a pass.</summary>
    public MatrixPlan? Operation { get; init; }

    /// <summary>What it sums up along rows and down columns.</summary>
    public ImmutableArray<ReductionPlan> AxisReductions { get; init; } = [];

    /// <summary>True for what is made at once, whatever the parts of the tensor.</summary>
    public bool IsWhole => Operation is not null || Domain != Cardinality.PerElement;

    /// <summary>True for a pass that goes from row to row: it reads or reduces something that has a value for each of them, or for each column.</summary>
    public bool IsByRows { get; init; }

    public bool ReadsGradient => Reads.Any(tensor => tensor.IsGradient);

    /// <summary>The tensors that it reads or writes, in the order of their declaration.</summary>
    public IEnumerable<TensorPlan> TensorsOf(RulePlan plan) => plan.Tensors.Concat(plan.Scratch).Where(tensor => Reads.Contains(tensor) || Writes.Contains(tensor));

    public Variable? VariableOf(Node node) => Variables.TryGetValue(node, out var variable) ? variable : null;
}

/// <summary>A value over whole tensors, known after a pass over them.</summary>
/// <param name="Index">Its position among the reductions of all passes over whole tensors; -1 for one along rows or columns.</param>
/// <param name="Node">The reduction: its operation and what is reduced.</param>
/// <param name="Formula">It as the formulas write it.</param>
internal sealed record ReductionPlan(int Index, Node Node, string Formula)
{
    /// <summary>True for the largest magnitude.</summary>
    public bool IsMax => Node.Op == Op.MaxAbs;

    /// <summary>True for the largest value.</summary>
    public bool IsLargest => Node.Op is Op.RowMax or Op.ColumnMax;

    /// <summary>True for a sum of squares whose root is the value.</summary>
    public bool IsNorm => Node.Op is Op.Norm or Op.RowNorm or Op.ColumnNorm;

    /// <summary>Where a value for each row or column is kept; null for one of a whole tensor.</summary>
    public TensorPlan? Destination { get; init; }

    /// <summary>True for a value for each column.</summary>
    public bool IsOfColumns => Node.Op.IsOfColumns();

    /// <summary>What is summed up for an element: one value, or the two that are multiplied.</summary>
    public ImmutableArray<Node> Operands => IsNorm ? [Node.Operands[0], Node.Operands[0]] : Node.Operands;

    /// <summary>True for a reduction over all tensors of the group.</summary>
    public bool IsOfGroup => Node.Cardinality == Cardinality.PerGroup;
}

/// <summary>What is computed of whole matrices.</summary>
/// <param name="Node">The function and what it is of.</param>
/// <param name="Inputs">The matrices that it reads.</param>
/// <param name="Result">Where the result is kept.</param>
/// <param name="Formula">It as the formulas write it.</param>
internal sealed record MatrixPlan(Node Node, ImmutableArray<TensorPlan> Inputs, TensorPlan Result, string Formula)
{
    /// <summary>True for an input that is read transposed.</summary>
    public bool IsTransposed(int input) => Node.Op == Op.MatrixProduct && Node.Operands[input].Op == Op.Transpose;
}
