using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>One pass over memory: what it stores and sums up.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="ReadsGradient">True when it reads the gradient.</param>
/// <param name="Reads">The parameter and states that it reads.</param>
/// <param name="Stores">The new values that it computes and writes, in written order.</param>
/// <param name="Reductions">What it sums up.</param>
/// <param name="Stored">The symbols whose new value an earlier pass has written: here they are read, not computed.</param>
internal sealed record Pass(
    int Index,
    bool ReadsGradient,
    ImmutableArray<StoredSymbol> Reads,
    ImmutableArray<Node> Stores,
    ImmutableArray<Node> Reductions,
    ImmutableHashSet<StoredSymbol> Stored)
{
    /// <summary>The conditions of a step under which its reductions are needed; it stores nothing then, and is left out otherwise.</summary>
    public Guard When { get; init; } = Guard.Always;

    /// <summary>What it goes over: the elements of the parameter, or of something of another shape.</summary>
    public Cardinality Domain { get; init; } = Cardinality.PerElement;

    /// <summary>What is computed of whole matrices, in place of a pass; null for a pass.</summary>
    public Node? Operation { get; init; }

    /// <summary>What it writes to memory for later, besides new values.</summary>
    public ImmutableArray<Node> Keeps { get; init; } = [];

    /// <summary>What earlier passes have written to memory, besides new values.</summary>
    public ImmutableHashSet<Node> Kept { get; init; } = [];

    /// <summary>The conditions of a step under which what is kept or reduced is needed.</summary>
    public ImmutableDictionary<Node, Guard> Guards { get; init; } = ImmutableDictionary<Node, Guard>.Empty;

    /// <summary>True for what is made at once, whatever the parts of the tensor.</summary>
    public bool IsWhole => Operation is not null || Domain != Cardinality.PerElement;

    /// <summary>The conditions of the states that exist only while one holds.</summary>
    public ImmutableDictionary<StateSymbol, Condition> Conditions { get; init; } = ImmutableDictionary<StateSymbol, Condition>.Empty;

    /// <summary>True for a value that the pass finds in memory.</summary>
    public bool IsLoad(Node node) =>
        node.Op is Op.Gradient or Op.Old || (node.Op == Op.New && Stored.Contains((StoredSymbol)node.Symbol!)) || Kept.Contains(node);

    /// <summary>What the pass must know to compute a value.</summary>
    public ImmutableArray<Node> Operands(Node node) => IsLoad(node) ? [] : node.Operands;

    /// <summary>The values per element that the pass computes or loads, operands first.</summary>
    public ImmutableArray<Node> ElementNodes() => Traversal.InOrder(
        Operation is { } operation ? operation.Inputs()
            : Stores.Concat(Keeps).Concat(Reductions.SelectMany(reduction => reduction.Operands)).Where(root => !root.IsScalar),
        node => [.. Operands(node).Where(operand => !operand.IsScalar)]);
}
