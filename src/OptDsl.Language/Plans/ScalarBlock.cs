using System.Collections.Immutable;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans;

/// <summary>Statements that compute scalars in double, each common part once.</summary>
/// <param name="Given">
/// The values that are there before, in the order of their use: hyper-parameters and the step, or between passes scalars of the step,
/// numbers of elements, reductions and old states of one number.
/// </param>
/// <param name="Statements">The statements, in order.</param>
internal sealed record ScalarBlock(ImmutableArray<Node> Given, ImmutableArray<ScalarStatement> Statements)
{
    /// <summary>The new values of states of one number, once all statements have run.</summary>
    public ImmutableArray<KeyValuePair<TensorPlan, Variable>> Stores { get; init; } = [];
}

/// <summary>Computes one number.</summary>
/// <param name="Value">What it computes.</param>
/// <param name="IsUsed">True where later statements of the block take the value from what this one gives it to; no two have the same value then.</param>
internal abstract record ScalarStatement(Node Value, bool IsUsed);

/// <summary>Gives a variable of the block its value.</summary>
internal sealed record LetStatement(Variable Variable, Node Value, bool IsUsed) : ScalarStatement(Value, IsUsed);

/// <summary>Gives a scalar of the rule its value.</summary>
internal sealed record ScalarStoreStatement(ScalarPlan Scalar, Node Value, bool IsUsed) : ScalarStatement(Value, IsUsed);
