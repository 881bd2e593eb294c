using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>
/// Cuts a rule into passes over memory. A reduction is known after the pass that can evaluate its argument. A new value is
/// stored in the first pass that can compute it, so that later passes read it back instead of computing it again; where a later
/// pass needs the old value, the store waits for that pass.
/// </summary>
/// <remarks>
/// Where all reductions of a pass are needed only while a condition of the step holds, the pass can be left out in the other
/// steps, provided that it stores nothing: a later pass then computes again what it would have read back. That is done where it
/// takes nothing, or less traffic with the defaults. Reductions that are in the way wait for the next pass where they can.
/// </remarks>
internal static class Scheduler
{
    public static ScheduledRule Schedule(RuleModel model, RuleGraph graph)
    {
        if (model.UsesMatrices)
            return MatrixScheduler.Schedule(model, graph);
        var (levels, reductions) = Levels(graph);
        var cut = new Cut(model, graph, graph.Stores.ToDictionary(store => (StoredSymbol)store.Symbol!, store => levels[store]), [.. reductions.Select(node => new KeyValuePair<Node, int>(node, levels[node] - 1))]);
        var needs = Guards.Of(graph);
        var traffic = new Traffic(graph.Table);
        for (var i = 0; i < cut.Passes.Length - 1; i++)
            cut = Options(cut, i, needs).FirstOrDefault(option => IsGain(option, cut, i, traffic)) ?? cut;
        return new ScheduledRule(model, graph, cut.Passes) { Needs = needs };
    }

    /// <summary>Ways to leave a pass out while a condition does not hold: with all its reductions, or with some, where the others can wait.</summary>
    private static IEnumerable<Cut> Options(Cut cut, int index, Guards needs)
    {
        var guards = cut.Passes[index].Reductions.ToDictionary(node => node, node => OfStep(needs.IsNeeded(node) ? needs.Of(node) : Guard.Always));
        if (guards.Count == 0)
            return [];
        var common = guards.Values.Aggregate((one, other) => one.Or(other));
        return
            from condition in guards.Values.Prepend(common).Distinct()
            where !condition.IsAlways
            select cut.LeaveOut(index, condition, guards.Where(item => !condition.Conditions.All(item.Value.Conditions.Contains)).Select(item => item.Key)) into option
            where option.IsKnownInTime
            select option;
    }

    private static bool IsGain(Cut option, Cut cut, int index, Traffic traffic)
    {
        var before = cut.Passes[index];
        return (before.Stores.IsEmpty && option.Passes[index].Reductions.Length == before.Reductions.Length) || traffic.Of(option.Passes) < traffic.Of(cut.Passes);
    }

    /// <summary>What of a guard is settled before the first pass.</summary>
    public static Guard OfStep(Guard guard) => new([.. guard.Conditions.Where(condition => condition.Node is { IsOfStep: true, IsConstant: false })]);

    /// <summary>The reductions, and for every value the number of passes before it can be computed.</summary>
    private static (Dictionary<Node, int> Levels, List<Node> Reductions) Levels(RuleGraph graph)
    {
        var (levels, reductions) = (new Dictionary<Node, int>(), new List<Node>());
        foreach (var node in Traversal.InOrder(graph.Stores.Concat(graph.ScalarStores.Select(store => store.Value))))
        {
            var level = node.Operands.Select(operand => levels[operand]).DefaultIfEmpty(0).Max();
            if (node.Op.IsReduction())
            {
                reductions.Add(node);
                level++;
            }

            levels.Add(node, level);
        }

        return (levels, reductions);
    }
}
