using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Plans.Graph;

/// <summary>Makes nodes, one for each distinct value.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<Key, Node> _nodes = [];

    public Node Constant(double value) => Get(Op.Constant, [], value: value);

    public Node Hyper(HyperSymbol symbol) => Get(Op.Hyper, [], symbol: symbol);

    public Node Step => Get(Op.Step, []);

    /// <summary>The number of elements of the tensor, or of all tensors of the group.</summary>
    public Node Count(Cardinality cardinality) => Get(Op.Count, [], cardinality: cardinality);

    /// <summary>A dimension of the parameter.</summary>
    public Node Dimension(Op op) => Get(op, [], cardinality: Cardinality.PerTensor);

    /// <summary>A value whose shape its operands do not tell.</summary>
    public Node Shaped(Op op, Cardinality cardinality, params ImmutableArray<Node> operands) => Get(op, operands, cardinality: cardinality);

    public Node Gradient => Get(Op.Gradient, [], cardinality: Cardinality.PerElement);

    public Node Old(StoredSymbol symbol) => Get(Op.Old, [], symbol: symbol, cardinality: symbol.Cardinality);

    public Node New(StoredSymbol symbol, Node value) => Get(Op.New, [value], symbol: symbol, cardinality: symbol.Cardinality);

    public Node Linear(Node offset, IEnumerable<Term> terms) =>
        Get(Op.Linear, [offset, .. terms.SelectMany(term => new[] { term.Factor, term.Core })]);

    public Node Product(double factor, IEnumerable<KeyValuePair<Node, int>> powers) =>
        Get(Op.Product, [.. powers.Select(power => power.Key)], value: factor, halves: [.. powers.Select(power => power.Value)]);

    public Node Apply(Op op, params ImmutableArray<Node> operands) => Get(op, operands);

    /// <summary>A reduction, over a tensor or over all tensors of the group.</summary>
    public Node Reduce(Op op, Cardinality cardinality, params ImmutableArray<Node> operands) => Get(op, operands, cardinality: cardinality);

    private Node Get(
        Op op, ImmutableArray<Node> operands, double value = 0, Symbol? symbol = null, ImmutableArray<int> halves = default, Cardinality? cardinality = null)
    {
        var key = new Key(
            op, cardinality, BitConverter.DoubleToInt64Bits(value), symbol,
            string.Join(" ", operands.Select(operand => operand.Id)), halves.IsDefault ? "" : string.Join(" ", halves));
        if (!_nodes.TryGetValue(key, out var node))
        {
            var largest = operands.Aggregate(Cardinality.PerStep, (current, operand) => Cardinalities.Larger(current, operand.Cardinality));
            node = new Node(_nodes.Count, op, operands, value, symbol, halves, cardinality ?? largest);
            _nodes.Add(key, node);
        }

        return node;
    }

    private readonly record struct Key(Op Op, Cardinality? Cardinality, long Value, Symbol? Symbol, string Operands, string Halves);
}
