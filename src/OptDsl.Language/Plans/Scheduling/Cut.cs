using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>A way to cut a rule into passes: where each new value is stored and where each reduction is summed up.</summary>
internal sealed class Cut
{
    private readonly RuleModel _model;
    private readonly RuleGraph _graph;
    private readonly Dictionary<StoredSymbol, int> _stores;
    private readonly ImmutableArray<KeyValuePair<Node, int>> _reductions;
    private readonly Dictionary<int, Guard> _conditions;

    /// <param name="model">The rule.</param>
    /// <param name="graph">Its values.</param>
    /// <param name="stores">The first pass that can store a new value.</param>
    /// <param name="reductions">The pass that sums up a reduction, in the order of the formulas.</param>
    /// <param name="conditions">The conditions of passes that may be left out.</param>
    public Cut(RuleModel model, RuleGraph graph, Dictionary<StoredSymbol, int> stores, ImmutableArray<KeyValuePair<Node, int>> reductions, Dictionary<int, Guard>? conditions = null)
    {
        (_model, _graph, _stores, _reductions, _conditions) = (model, graph, stores, reductions, conditions ?? []);
        var count = _stores.Values.Concat(_reductions.Select(reduction => reduction.Value)).DefaultIfEmpty(0).Max() + 1;

        // Each round delays at least one store, and none beyond the last pass.
        while (true)
        {
            Passes = [.. Enumerable.Range(0, count).Select(PassAt)];
            var conflicts = Passes.SelectMany(pass => Lost(pass).Select(symbol => (symbol, pass.Index))).ToList();
            if (conflicts.Count == 0)
                return;
            foreach (var (symbol, pass) in conflicts)
                _stores[symbol] = Math.Max(_stores[symbol], pass);
        }
    }

    public ImmutableArray<Pass> Passes { get; private set; }

    /// <summary>True where every reduction is summed up before a pass that needs it.</summary>
    public bool IsKnownInTime => Passes.All(pass =>
    {
        var scalars = pass.ElementNodes().Where(node => !pass.IsLoad(node)).Concat(pass.Reductions).SelectMany(node => node.Operands).Where(operand => operand.IsScalar);
        return Traversal.InOrder(scalars, node => node.Op.IsReduction() ? [] : node.Operands).Where(node => node.Op.IsReduction()).All(node => Passes.Take(pass.Index).Any(before => before.Reductions.Contains(node)));
    });

    /// <summary>The same with a pass that is made only under a condition: what it stores, and some reductions, wait for the next.</summary>
    public Cut LeaveOut(int index, Guard condition, IEnumerable<Node> waiting)
    {
        var delayed = new HashSet<Node>(waiting);
        return new Cut(
            _model, _graph,
            _stores.ToDictionary(store => store.Key, store => store.Value == index ? index + 1 : store.Value),
            [.. _reductions.Select(reduction => new KeyValuePair<Node, int>(reduction.Key, delayed.Contains(reduction.Key) ? index + 1 : reduction.Value))],
            _conditions.Append(new KeyValuePair<int, Guard>(index, condition)).ToDictionary(item => item.Key, item => item.Value));
    }

    private Pass PassAt(int index)
    {
        var stored = _stores.Where(store => store.Value < index).Select(store => store.Key).ToImmutableHashSet();
        var pass = new Pass(
            index, false, [],
            [.. _graph.Stores.Where(store => _stores[(StoredSymbol)store.Symbol!] == index)],
            [.. _reductions.Where(reduction => reduction.Value == index).Select(reduction => reduction.Key)],
            stored)
        {
            Conditions = _graph.Conditions,
            When = _conditions.TryGetValue(index, out var condition) ? condition : Guard.Always,
        };
        var loads = pass.ElementNodes().Where(pass.IsLoad).ToList();
        var symbols = new StoredSymbol[] { _model.Parameter }.Concat(_model.States);
        return pass with
        {
            ReadsGradient = loads.Any(load => load.Op == Op.Gradient),
            Reads = [.. symbols.Where(symbol => loads.Any(load => symbol.Equals(load.Symbol)))],
        };
    }

    /// <summary>The symbols whose old value a pass needs though it is overwritten by then.</summary>
    private static IEnumerable<StoredSymbol> Lost(Pass pass) =>
        pass.ElementNodes().Where(node => node.Op == Op.Old && pass.Stored.Contains((StoredSymbol)node.Symbol!))
            .Select(node => (StoredSymbol)node.Symbol!);
}
