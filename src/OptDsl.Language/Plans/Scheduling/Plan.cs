using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>A rule's values and the passes over memory that compute them.</summary>
internal sealed record Plan(RuleModel Model, RuleGraph Graph, ImmutableArray<PassPlan> Passes)
{
    /// <summary>Under which conditions the rule needs its values.</summary>
    public Guards Needs { get; init; } = Guards.Of(Graph);

    /// <summary>What the passes do to memory with the defaults.</summary>
    public Traffic Traffic { get; } = new(Graph.Table);

    /// <summary>The reductions of all passes, in order.</summary>
    public ImmutableArray<Node> Reductions { get; } = [.. Passes.SelectMany(pass => pass.Reductions)];

    /// <summary>The pass that sums up what a whole-tensor function needs, or -1 where it needs nothing.</summary>
    public int PassOf(ReduceExpr expression) => Graph.Reductions
        .Where(item => ReferenceEquals(item.Key, expression))
        .SelectMany(item => Passes.Where(pass => pass.Reductions.Contains(item.Value)).Select(pass => pass.Index))
        .DefaultIfEmpty(-1).Max();

    /// <summary>The number of passes that must have run before a scalar is known.</summary>
    public int LevelOf(Node scalar) =>
        Traversal.InOrder([scalar], node => node.Op.IsReduction() ? [] : node.Operands)
            .Where(node => node.Op.IsReduction())
            .Select(reduction => Passes.First(pass => pass.Reductions.Contains(reduction)).Index + 1)
            .DefaultIfEmpty(0).Max();

    /// <summary>The pass of every step that zeroes the gradient: the last that reads it, or one after it where that may be left out.</summary>
    public int LastGradientPass { get; } = LastGradient(Passes);

    private static int LastGradient(ImmutableArray<PassPlan> passes)
    {
        for (var i = passes.Length - 1; i >= 0; i--)
        {
            if (passes[i].ReadsGradient)
                return Enumerable.Range(i, passes.Length - i).First(pass => passes[pass].When.IsAlways);
        }

        return passes.Length - 1;
    }
}

/// <summary>One pass over memory.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="ReadsGradient">True when it reads the gradient.</param>
/// <param name="Reads">The parameter and states that it reads.</param>
/// <param name="Stores">The new values that it computes and writes, in written order.</param>
/// <param name="Reductions">What it sums up.</param>
/// <param name="Stored">The symbols whose new value an earlier pass has written: here they are read, not computed.</param>
internal sealed record PassPlan(
    int Index,
    bool ReadsGradient,
    ImmutableArray<StoredSymbol> Reads,
    ImmutableArray<Node> Stores,
    ImmutableArray<Node> Reductions,
    ImmutableHashSet<StoredSymbol> Stored)
{
    /// <summary>The conditions of a step under which its reductions are needed; it stores nothing then, and is left out otherwise.</summary>
    public Guard When { get; init; } = Guard.Always;

    /// <summary>The conditions of the states that exist only while one holds.</summary>
    public ImmutableDictionary<StateSymbol, Condition> Conditions { get; init; } = ImmutableDictionary<StateSymbol, Condition>.Empty;

    /// <summary>True for a value that the pass finds in memory.</summary>
    public bool IsLoad(Node node) =>
        node.Op is Op.Gradient or Op.Old || (node.Op == Op.New && Stored.Contains((StoredSymbol)node.Symbol!));

    /// <summary>What the pass must know to compute a value.</summary>
    public ImmutableArray<Node> Operands(Node node) => IsLoad(node) ? [] : node.Operands;

    /// <summary>The values per element that the pass computes or loads, operands first.</summary>
    public ImmutableArray<Node> ElementNodes() => Traversal.InOrder(
        Stores.Concat(Reductions.SelectMany(reduction => reduction.Operands)).Where(root => !root.IsScalar),
        node => [.. Operands(node).Where(operand => !operand.IsScalar)]);
}
