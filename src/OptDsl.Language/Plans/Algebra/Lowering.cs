using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// Turns the sums of the normal form into the machine's operations: additions, and multiply-adds where a product is added that
/// nothing else uses. Scalars stay in normal form, which reads best.
/// </summary>
internal sealed class Lowering
{
    private readonly NodeTable _table;
    private readonly Dictionary<Node, Node> _lowered = [];
    private readonly Dictionary<Node, int> _uses = [];

    private Lowering(NodeTable table) => _table = table;

    public static RuleGraph Lower(RuleGraph graph)
    {
        var lowering = new Lowering(graph.Table);
        var roots = graph.Stores.Concat(graph.ScalarStores.Select(store => store.Value)).ToList();
        foreach (var operand in Traversal.InOrder(roots).SelectMany(node => node.Operands))
            lowering._uses[operand] = lowering._uses.TryGetValue(operand, out var uses) ? uses + 1 : 1;
        foreach (var node in Traversal.InOrder(roots.Concat(graph.Values).Concat(graph.Reductions.Select(item => item.Value))))
            lowering._lowered.Add(node, lowering.Lower(node));
        return graph with
        {
            Stores = [.. graph.Stores.Select(lowering.Lowered)],
            ScalarStores = [.. graph.ScalarStores.Select(store => new KeyValuePair<StateSymbol, Node>(store.Key, lowering.Lowered(store.Value)))],
            Values = [.. graph.Values.Select(lowering.Lowered)],
            Reductions = [.. graph.Reductions.Select(item => new KeyValuePair<Expr, Node>(item.Key, lowering.Lowered(item.Value)))],
        };
    }

    private Node Lowered(Node node) => _lowered[node];

    private Node Lower(Node node) =>
        node.Operands.IsEmpty ? node
        : node.Op == Op.Linear && !node.IsScalar ? LowerSum(node)
        : Rebuild(node, [.. node.Operands.Select(Lowered)]);

    private Node Rebuild(Node node, ImmutableArray<Node> operands) =>
        operands.SequenceEqual(node.Operands) ? node
        : node.Op == Op.New ? _table.New((StoredSymbol)node.Symbol!, operands[0])
        : node.Op == Op.Linear ? _table.Linear(operands[0], Pairs(operands))
        : node.Op == Op.Product ? _table.Product(node.Value, operands.Select((operand, i) => new KeyValuePair<Node, int>(operand, node.Halves[i])))
        : node.Op == Op.Copy || node.Op.IsWritten() ? _table.Shaped(node.Op, node.Cardinality, operands)
        : node.Op.IsReduction() ? _table.Reduce(node.Op, node.Cardinality, operands)
        : _table.Apply(node.Op, operands);

    private static IEnumerable<Term> Pairs(ImmutableArray<Node> operands)
    {
        for (var i = 1; i < operands.Length; i += 2)
            yield return new Term(operands[i], operands[i + 1]);
    }

    private Node LowerSum(Node node)
    {
        var terms = node.Terms.Select(term => new Term(Lowered(term.Factor), term.Core)).ToList();
        var offset = Lowered(node.Offset);

        // What needs no multiplication starts the sum; every other term is then one multiply-add.
        var start = terms.FindIndex(term => term.Factor.Is(1) && !IsProduct(term.Core));
        Node sum;
        if (start < 0 && !offset.Is(0))
        {
            sum = offset;
            offset = _table.Constant(0);
        }
        else
        {
            if (start < 0)
                start = terms.FindIndex(term => term.Factor.Is(1));
            if (start < 0)
                start = Math.Max(0, terms.FindIndex(term => !term.Factor.Is(-1)));
            sum = Scaled(terms[start]);
            terms.RemoveAt(start);
        }

        foreach (var term in terms)
            sum = AddTerm(sum, term);
        return offset.Is(0) ? sum : _table.Apply(Op.Add, sum, offset);
    }

    private Node Scaled(Term term) =>
        term.Factor.Is(1) ? Lowered(term.Core)
        : term.Core.Op == Op.Divide && term.Core.Operands[0].Is(1) && IsUsedOnce(term.Core) ? _table.Apply(Op.Divide, term.Factor, Lowered(term.Core.Operands[1]))
        : term.Factor.Is(-1) ? _table.Apply(Op.Negate, Lowered(term.Core))
        : _table.Apply(Op.Multiply, term.Factor, Lowered(term.Core));

    private Node AddTerm(Node sum, Term term)
    {
        if (term.Factor.Is(-1))
            return _table.Apply(Op.Subtract, sum, Lowered(term.Core));
        if (!term.Factor.Is(1))
            return _table.Apply(Op.MultiplyAdd, term.Factor, Lowered(term.Core), sum);
        return IsProduct(term.Core)
            ? _table.Apply(Op.MultiplyAdd, Lowered(term.Core.Operands[0]), Lowered(term.Core.Operands[1]), sum)
            : _table.Apply(Op.Add, sum, Lowered(term.Core));
    }

    private bool IsProduct(Node core) => core.Op == Op.Multiply && IsUsedOnce(core);

    private bool IsUsedOnce(Node node) => _uses.TryGetValue(node, out var uses) && uses == 1;
}
