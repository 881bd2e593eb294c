using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Plans.Graph;

/// <summary>The values of a rule as nodes: what is stored, what each definition became.</summary>
/// <param name="Table">Where the nodes come from.</param>
/// <param name="Stores">The new values of the parameter and of states that are tensors, each an <see cref="Op.New"/>, in written order.</param>
/// <param name="ScalarStores">The new values of per-tensor and per-group states.</param>
/// <param name="Values">For each definition of the model its value.</param>
/// <param name="Reductions">The reductions that each whole-tensor function of the formulas became, and what functions of matrices did.</param>
internal sealed record RuleGraph(
    NodeTable Table,
    ImmutableArray<Node> Stores,
    ImmutableArray<KeyValuePair<StateSymbol, Node>> ScalarStores,
    ImmutableArray<Node> Values,
    ImmutableArray<KeyValuePair<Expr, Node>> Reductions)
{
    /// <summary>The conditions of the formulas' choices, and what they became.</summary>
    public ImmutableArray<KeyValuePair<Expr, Condition>> Choices { get; init; } = [];

    /// <summary>The conditions of the states that exist only while one holds.</summary>
    public ImmutableDictionary<StateSymbol, Condition> Conditions { get; init; } = ImmutableDictionary<StateSymbol, Condition>.Empty;

    /// <summary>True for a state that the rule gives a new value.</summary>
    public bool Changes(StateSymbol state) => Stores.Any(store => state.Equals(store.Symbol)) || ScalarStores.Any(store => store.Key.Equals(state));
}
