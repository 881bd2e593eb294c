using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>A rule's values and the passes over memory that compute them.</summary>
internal sealed record ScheduledRule(RuleModel Model, RuleGraph Graph, ImmutableArray<Pass> Passes)
{
    /// <summary>Under which conditions the rule needs its values.</summary>
    public Guards Needs { get; init; } = Guards.Of(Graph);

    /// <summary>What the passes do to memory with the defaults.</summary>
    public Traffic Traffic { get; } = new(Graph.Table);

    /// <summary>The reductions of all passes over whole tensors, in order.</summary>
    public ImmutableArray<Node> Reductions { get; } = [.. Passes.SelectMany(pass => pass.Reductions).Where(node => node.Op.IsReduction())];

    /// <summary>The pass that sums up what a whole-tensor function needs, or -1 where it needs nothing.</summary>
    public int PassOf(Expr expression) => Graph.Reductions
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

    private static int LastGradient(ImmutableArray<Pass> passes)
    {
        for (var i = passes.Length - 1; i >= 0; i--)
        {
            if (passes[i].ReadsGradient)
                return Enumerable.Range(i, passes.Length - i).First(pass => passes[pass] is { When.IsAlways: true, IsWhole: false });
        }

        return passes.Length - 1;
    }
}
