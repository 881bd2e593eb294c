using System.Collections.Immutable;
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
    public Node Count(Shape shape) => Get(Op.Count, [], shape: shape);

    public Node Gradient => Get(Op.Gradient, [], shape: Shape.PerElement);

    public Node Old(StoredSymbol symbol) => Get(Op.Old, [], symbol: symbol, shape: symbol.Shape);

    public Node New(StoredSymbol symbol, Node value) => Get(Op.New, [value], symbol: symbol, shape: symbol.Shape);

    public Node Linear(Node offset, IEnumerable<Term> terms) =>
        Get(Op.Linear, [offset, .. terms.SelectMany(term => new[] { term.Factor, term.Core })]);

    public Node Product(double factor, IEnumerable<KeyValuePair<Node, int>> powers) =>
        Get(Op.Product, [.. powers.Select(power => power.Key)], value: factor, halves: [.. powers.Select(power => power.Value)]);

    public Node Apply(Op op, params ImmutableArray<Node> operands) => Get(op, operands);

    /// <summary>A reduction, over a tensor or over all tensors of the group.</summary>
    public Node Reduce(Op op, Shape shape, params ImmutableArray<Node> operands) => Get(op, operands, shape: shape);

    private Node Get(
        Op op, ImmutableArray<Node> operands, double value = 0, Symbol? symbol = null, ImmutableArray<int> halves = default, Shape? shape = null)
    {
        var key = new Key(
            op, shape, BitConverter.DoubleToInt64Bits(value), symbol,
            string.Join(" ", operands.Select(operand => operand.Id)), halves.IsDefault ? "" : string.Join(" ", halves));
        if (!_nodes.TryGetValue(key, out var node))
        {
            var largest = operands.Aggregate(Shape.PerStep, (current, operand) => Shapes.Larger(current, operand.Shape));
            node = new Node(_nodes.Count, op, operands, value, symbol, halves, shape ?? largest);
            _nodes.Add(key, node);
        }

        return node;
    }

    private readonly record struct Key(Op Op, Shape? Shape, long Value, Symbol? Symbol, string Operands, string Halves);
}
