using System.Collections.Immutable;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>What holds a value on the way: a value of each element in a pass, one number in a block of scalars.</summary>
/// <param name="name">What to call it, as the formulas do where they do, else empty; other variables may be called the same.</param>
/// <param name="isCondition">True where it holds the outcome of a comparison for each element, not a number.</param>
internal sealed class Variable(string name, bool isCondition = false)
{
    public string Name { get; } = name;

    public bool IsCondition { get; } = isCondition;
}

/// <summary>A statement of a pass, for each element.</summary>
internal abstract record Statement
{
    /// <summary>The conditions under which it runs.</summary>
    public Guard Guard { get; init; } = Guard.Always;

    /// <summary>The value that it gives a variable, or null.</summary>
    public virtual Node? Defines => null;
}

/// <summary>The formulas that the next statements compute.</summary>
internal sealed record FormulaStatement(ImmutableArray<string> Formulas) : Statement;

/// <summary>A statement that gives a variable a value.</summary>
/// <param name="Node">The value that the variable holds from here on.</param>
/// <param name="Variable">The variable.</param>
internal abstract record DefineStatement(Node Node, Variable Variable) : Statement
{
    public override Node? Defines => Node;

    /// <summary>True for the first value of the variable.</summary>
    public bool Declares { get; init; } = true;

    /// <summary>True where the variable is declared under a condition and read where that may not hold: its value does not matter there.</summary>
    public bool IsReadOutside { get; init; }
}

/// <summary>Reads a value from memory.</summary>
internal sealed record LoadStatement(Node Node, Variable Variable, TensorPlan Tensor) : DefineStatement(Node, Variable);

/// <summary>Computes a value.</summary>
/// <param name="Node">The value that the variable holds from here on.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Value">What it is assigned: <paramref name="Node"/> itself for its operation, else another value, by its name if it has one.</param>
internal sealed record AssignStatement(Node Node, Variable Variable, Node Value) : DefineStatement(Node, Variable);

/// <summary>Writes a new value to memory.</summary>
internal sealed record StoreStatement(Node Node, Variable Variable, TensorPlan Tensor) : Statement;

/// <summary>Adds to a reduction.</summary>
internal sealed record ReduceStatement(ReductionPlan Reduction) : Statement;
