using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>
/// Cuts a rule of matrices into passes over rows, columns, elements and square matrices, and what is computed of whole matrices
/// between them. What can be made with the fewest values comes first, so that one pass over the elements does as much as it can.
/// </summary>
/// <remarks>
/// A value is kept in memory where something of another shape, or a function of whole matrices, needs it; all else is computed where
/// it is needed. A new value is stored in the first pass that can compute it, unless a later one still needs the old value.
/// </remarks>
internal sealed class MatrixScheduler
{
    private readonly RuleModel _model;
    private readonly RuleGraph _graph;
    private readonly Guards _needs;
    private readonly HashSet<Node> _keeps = [];
    private readonly HashSet<Node> _kept = [];
    private readonly HashSet<Node> _known = [];
    private readonly HashSet<StoredSymbol> _stored = [];
    private readonly List<Node> _open = [];
    private readonly List<Pass> _passes = [];

    private MatrixScheduler(RuleModel model, RuleGraph graph) => (_model, _graph, _needs) = (model, graph, Guards.Of(graph, takesApart: true));

    public static ScheduledRule Schedule(RuleModel model, RuleGraph graph) => new MatrixScheduler(model, graph).Schedule();

    private ScheduledRule Schedule()
    {
        Collect();
        while (_open.Count > 0)
        {
            if (Next() is not { } pass)
                throw new InvalidOperationException("Nothing can be computed next of " + string.Join(", ", _open.Select(node => node.Op)));
            _passes.Add(pass);
        }

        // What follows a step follows a pass that every step makes.
        var last = _passes.FindLastIndex(pass => !pass.IsWhole);
        if (last < 0)
        {
            last = _passes.Count;
            _passes.Add(Complete(new Pass(last, false, [], [], [], [])));
        }

        _passes[last] = _passes[last] with { When = Guard.Always };
        return new ScheduledRule(_model, _graph, [.. _passes]) { Needs = _needs };
    }

    /// <summary>Finds all that is to be stored, kept and reduced.</summary>
    private void Collect()
    {
        var roots = _graph.Stores.Concat(_graph.ScalarStores.Select(store => store.Value));
        foreach (var node in Traversal.InOrder(roots, Below).Where(_needs.IsNeeded))
        {
            foreach (var operand in node.Op.IsOfWholeMatrices() ? node.Inputs() : node.Operands)
            {
                if (!operand.IsScalar && (node.Op.IsOfWholeMatrices() || operand.Cardinality != DomainOf(node)) && operand.Op is not (Op.Old or Op.New) && !operand.Op.IsWritten())
                    _keeps.Add(operand);
            }

            if (node.Op == Op.New || node.Op.IsReduction() || node.Op.IsWritten())
                _open.Add(node);
        }

        _open.AddRange(_keeps);
    }

    private static ImmutableArray<Node> Below(Node node) =>
        node.Op == Op.MatrixProduct ? [.. node.Inputs(), .. node.Operands.Where(operand => operand.IsScalar)] : node.Operands;

    private static Cardinality DomainOf(Node node) => node.Op.IsReduction() || node.Op.IsAlongAxis() ? node.Domain() : node.Cardinality;

    private Pass? Next()
    {
        var domains = _open.Where(node => !node.Op.IsOfWholeMatrices()).Select(DomainOf).Distinct()
            .OrderBy(domain => domain == Cardinality.PerElement ? 2 : domain.IsVector() ? 0 : 1).ThenBy(domain => domain).ToList();
        return domains.Where(domain => domain.IsVector()).Select(domain => PassOver(domain, force: false)).FirstOrDefault(pass => pass is not null)
            ?? NextOperation()
            ?? domains.Where(domain => !domain.IsVector()).Select(domain => PassOver(domain, force: false)).FirstOrDefault(pass => pass is not null)
            ?? domains.Select(domain => PassOver(domain, force: true)).FirstOrDefault(pass => pass is not null);
    }

    private Pass? NextOperation()
    {
        var operation = _open.Find(node => node.Op.IsOfWholeMatrices() && node.Inputs().All(IsInMemory) && node.Operands.Where(operand => operand.IsScalar).All(IsKnown));
        if (operation is null)
            return null;
        var pass = Complete(new Pass(_passes.Count, false, [], [], [], []) { Operation = operation, When = OfStates(operation, GuardOf(operation)) });
        _open.Remove(operation);
        _kept.Add(operation);
        return pass;
    }

    /// <summary>A pass over all that can be computed of a shape; null for nothing.</summary>
    /// <param name="domain">The shape.</param>
    /// <param name="force">True to store a new value though the old one is still needed, which is then kept.</param>
    private Pass? PassOver(Cardinality domain, bool force)
    {
        var items = _open.Where(node => !node.Op.IsOfWholeMatrices() && DomainOf(node) == domain && CanCompute(node, domain)).ToList();
        var stores = items.Where(node => node.Op == Op.New).ToList();
        var others = items.Where(node => node.Op != Op.New).ToList();
        Node? kept = null;
        for (var isStable = false; !isStable;)
        {
            var done = new HashSet<Node>(others.Concat(stores));
            var written = new HashSet<StoredSymbol>(_stored.Concat(stores.Select(Symbol)));
            var delayed = stores.Where(store => _open.Exists(node => !done.Contains(node) && NeedsOld(node, Symbol(store), done, written))).ToList();
            isStable = delayed.Count == 0;
            if (force && delayed.Count == stores.Count && others.Count == 0 && delayed.Count > 0)
            {
                // Nothing else is left to do first: the old value moves to memory of its own.
                stores = [delayed[0]];
                kept = _graph.Table.Old(Symbol(delayed[0]));
                break;
            }

            stores.RemoveAll(delayed.Contains);
        }

        if (stores.Count + others.Count == 0)
            return null;
        var keeps = others.Where(_keeps.Contains).Concat(kept is null ? [] : [kept]).ToImmutableArray();
        var reductions = others.Where(node => node.Op.IsReduction() || node.Op.IsAlongAxis()).ToImmutableArray();
        var guards = keeps.Concat(reductions).ToImmutableDictionary(node => node, node => node == kept ? Guard.Always : GuardOf(node));
        var pass = Complete(new Pass(_passes.Count, false, [], [.. _graph.Stores.Where(stores.Contains)], reductions, []) { Domain = domain, Keeps = keeps, Guards = guards });
        pass = pass with { When = Scheduler.OfStep(stores.Select(new Guards(pass).StoreGuard).Concat(guards.Values).Aggregate((one, other) => one.Or(other))) };
        _open.RemoveAll(node => stores.Contains(node) || others.Contains(node));
        _stored.UnionWith(stores.Select(Symbol));
        _kept.UnionWith(keeps);
        _kept.UnionWith(reductions.Where(node => node.Op.IsAlongAxis()));
        _known.UnionWith(reductions.Where(node => node.Op.IsReduction()));
        return pass;
    }

    private Pass Complete(Pass pass)
    {
        pass = pass with { Stored = [.. _stored], Kept = [.. _kept], Conditions = _graph.Conditions };
        var loads = pass.ElementNodes().Where(load => pass.IsLoad(load) && !pass.Kept.Contains(load)).ToList();
        return pass with
        {
            ReadsGradient = loads.Exists(load => load.Op == Op.Gradient),
            Reads = [.. new StoredSymbol[] { _model.Parameter }.Concat(_model.States).Where(symbol => loads.Exists(load => symbol.Equals(load.Symbol)))],
        };
    }

    private static StoredSymbol Symbol(Node store) => (StoredSymbol)store.Symbol!;

    private Guard GuardOf(Node node) => Scheduler.OfStep(_needs.IsNeeded(node) ? _needs.Of(node) : Guard.Always);

    /// <summary>A guard that also keeps a function of matrices from reading states that do not exist.</summary>
    private Guard OfStates(Node operation, Guard guard) =>
        Traversal.InOrder(Below(operation).Where(operand => !operand.IsScalar), node => node.Op is Op.Select or Op.New ? [] : Below(node))
            .Select(node => node.Symbol).OfType<StateSymbol>().Where(state => _graph.Conditions.ContainsKey(state))
            .Aggregate(guard, (all, state) => _graph.Conditions[state] is { Node.IsConstant: false } condition ? all.And(condition.Node, condition.IsOn) : all);

    private bool IsInMemory(Node node) =>
        _kept.Contains(node) || (node.Op == Op.New && _stored.Contains(Symbol(node))) || (node.Op == Op.Old && !_stored.Contains(Symbol(node)));

    private bool IsKnown(Node scalar) => Traversal.InOrder([scalar], node => node.Op.IsReduction() ? [] : node.Operands).All(node => !node.Op.IsReduction() || _known.Contains(node));

    /// <summary>True where a pass over a shape can compute what is to be stored, kept or reduced.</summary>
    private bool CanCompute(Node item, Cardinality domain)
    {
        var roots = item.Op.IsReduction() || item.Op.IsAlongAxis() ? item.Operands : [item];
        return Traversal.InOrder(roots, node => IsInPass(node) ? [] : node.Operands).Where(_needs.IsNeeded).All(node => node.IsScalar
            ? IsKnown(node)
            : IsInPass(node) || (node.Cardinality == domain && !node.Op.IsWritten() && node.Op != Op.Old));

        bool IsInPass(Node node) => node.IsScalar || IsInMemory(node) || node.Op == Op.Gradient;
    }

    /// <summary>True where what is to be computed later would read an old value that has been overwritten.</summary>
    /// <param name="item">What is to be computed.</param>
    /// <param name="symbol">The parameter or state.</param>
    /// <param name="done">What is stored, kept and reduced by then besides what has been.</param>
    /// <param name="written">What has new values by then.</param>
    private bool NeedsOld(Node item, StoredSymbol symbol, HashSet<Node> done, HashSet<StoredSymbol> written)
    {
        var isOfMatrices = item.Op.IsOfWholeMatrices();
        var roots = isOfMatrices ? item.Inputs() : item.Op.IsReduction() || item.Op.IsAlongAxis() ? item.Operands : [item];
        var domain = DomainOf(item);
        return Traversal.InOrder(roots.Where(root => !root.IsScalar), node => IsThere(node) || (node != item && (node.Op.IsWritten() || isOfMatrices || node.Cardinality != domain)) ? [] : [.. node.Operands.Where(operand => !operand.IsScalar)])
            .Any(node => node.Op == Op.Old && symbol.Equals(node.Symbol) && !_kept.Contains(node));

        bool IsThere(Node node) => _kept.Contains(node) || (done.Contains(node) && node.Op != Op.New) || (node.Op == Op.New && written.Contains(Symbol(node)));
    }
}
