using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Kernels.Graph;

namespace OptDsl.Generators.Kernels.Scheduling;

/// <summary>
/// Cuts a rule into passes over memory. A reduction is known after the pass that can evaluate its argument. A new value is
/// stored in the first pass that can compute it, so that later passes read it back instead of computing it again; where a later
/// pass needs the old value, the store waits for that pass.
/// </summary>
internal sealed class Scheduler
{
    private readonly RuleModel _model;
    private readonly RuleGraph _graph;
    private readonly Dictionary<Node, int> _levels = [];
    private readonly Dictionary<StoredSymbol, int> _storePass = [];
    private readonly List<Node> _reductions = [];

    private Scheduler(RuleModel model, RuleGraph graph)
    {
        _model = model;
        _graph = graph;
    }

    public static Plan Schedule(RuleModel model, RuleGraph graph) => new Scheduler(model, graph).Schedule();

    private Plan Schedule()
    {
        FindLevels();
        foreach (var store in _graph.Stores)
            _storePass[(StoredSymbol)store.Symbol!] = _levels[store];
        var count = _storePass.Values.Concat(_reductions.Select(PassOf)).DefaultIfEmpty(0).Max() + 1;

        // Each round delays at least one store, and none beyond the last pass.
        while (true)
        {
            var plan = new Plan(_model, _graph, [.. Enumerable.Range(0, count).Select(Pass)]);
            var conflicts = plan.Passes.SelectMany(pass => Lost(pass).Select(symbol => (symbol, pass.Index))).ToList();
            if (conflicts.Count == 0)
                return plan;
            foreach (var (symbol, pass) in conflicts)
                _storePass[symbol] = Math.Max(_storePass[symbol], pass);
        }
    }

    /// <summary>Works out for every value the first pass in which it can be computed.</summary>
    private void FindLevels()
    {
        foreach (var node in Traversal.InOrder(_graph.Stores.Concat(_graph.ScalarStores.Select(store => store.Value))))
        {
            var level = node.Operands.Select(operand => _levels[operand]).DefaultIfEmpty(0).Max();
            if (node.Op.IsReduction())
            {
                _reductions.Add(node);
                level++;
            }

            _levels.Add(node, level);
        }
    }

    private int PassOf(Node reduction) => _levels[reduction] - 1;

    private PassPlan Pass(int index)
    {
        var stored = _storePass.Where(store => store.Value < index).Select(store => store.Key).ToImmutableHashSet();
        var pass = new PassPlan(
            index, false, [],
            [.. _graph.Stores.Where(store => _storePass[(StoredSymbol)store.Symbol!] == index)],
            [.. _reductions.Where(reduction => PassOf(reduction) == index)],
            stored)
        {
            Conditions = _graph.Conditions,
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
    private static IEnumerable<StoredSymbol> Lost(PassPlan pass) =>
        pass.ElementNodes().Where(node => node.Op == Op.Old && pass.Stored.Contains((StoredSymbol)node.Symbol!))
            .Select(node => (StoredSymbol)node.Symbol!);
}
