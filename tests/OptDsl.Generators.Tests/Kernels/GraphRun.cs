using System.Numerics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>
/// Runs the operations that a rule was simplified to, as its kernel would: elements in their type, all else in double. Without a
/// compiler in between, tens of thousands of rules are run in minutes.
/// </summary>
internal sealed class GraphRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RuleModel _model;
    private readonly RuleGraph _graph;
    private readonly double[] _hypers;
    private readonly T[] _parameter;
    private readonly T[][] _states;
    private readonly Dictionary<Node, T[]> _elements = [];
    private readonly Dictionary<Node, double> _scalars = [];
    private T[] _gradient = [];
    private long _step;

    public GraphRun(RuleModel model, bool precise, double[] parameter, double[][] states, Setting setting)
    {
        (_model, _graph, _hypers, _step) = (model, Simplifier.Simplify(model, precise), setting.Hypers, setting.FirstStep - 1);
        _parameter = [.. parameter.Select(T.CreateTruncating)];
        _states = [.. states.Select(state => state.Select(T.CreateTruncating).ToArray())];
        Numbers = [.. states.Select(state => state.Length == 0 ? 0 : state[0])];
    }

    public ReadOnlySpan<T> Parameter => _parameter;

    /// <summary>The values of states of one number.</summary>
    public double[] Numbers { get; }

    public ReadOnlySpan<T> State(int index) => _states[index];

    public void Step(double[] gradient)
    {
        _step++;
        _gradient = [.. gradient.Select(T.CreateTruncating)];
        _elements.Clear();
        _scalars.Clear();
        foreach (var node in Traversal.InOrder(_graph.Stores.Concat(_graph.ScalarStores.Select(store => store.Value))))
        {
            if (node.IsScalar)
                _scalars.Add(node, Scalar(node));
            else
                _elements.Add(node, Elements(node));
        }

        foreach (var store in _graph.Stores)
            _elements[store].CopyTo(store.Symbol is StateSymbol state ? _states[state.Index] : _parameter, 0);
        foreach (var (symbol, value) in _graph.ScalarStores)
            Numbers[symbol.Index] = _scalars[value];
    }

    private double Scalar(Node node) => node.Op switch
    {
        Op.Constant => node.Value,
        Op.Hyper => _hypers[((HyperSymbol)node.Symbol!).Index],
        Op.Step => _step,
        Op.Count => _parameter.Length,
        Op.Old => Numbers[((StateSymbol)node.Symbol!).Index],
        Op.Sum => Wide(node.Operands[0]).Sum(),
        Op.Dot => Wide(node.Operands[0]).Zip(Wide(node.Operands[1]), (left, right) => left * right).Sum(),
        Op.Norm => Reductions.Norm([.. Wide(node.Operands[0])], [], _parameter.Length),
        Op.MaxAbs => Wide(node.Operands[0]).Select(Math.Abs).DefaultIfEmpty(0).Max(),
        Op.Linear => node.Terms.OrderBy(term => term.Core.Cardinality).Aggregate(_scalars[node.Offset], (sum, term) => sum + (_scalars[term.Factor] * _scalars[term.Core])),
        Op.Product => Powers(node, above: true) / Powers(node, above: false),
        Op.Power => Math.Pow(_scalars[node.Operands[0]], _scalars[node.Operands[1]]),
        _ => OperationTable.Of(node.Op).Value!(At(node, 0), At(node, 1), At(node, 2)),
    };

    private double Powers(Node product, bool above)
    {
        var result = above ? product.Value : 1;
        for (var i = 0; i < product.Operands.Length; i++)
        {
            if (product.Halves[i] > 0 == above)
                result *= Math.Abs(product.Halves[i]) switch { 1 => Math.Sqrt(At(product, i)), 2 => At(product, i), var halves => Math.Pow(At(product, i), halves / 2.0) };
        }

        return result;
    }

    private double At(Node node, int operand) => operand < node.Operands.Length ? _scalars[node.Operands[operand]] : 0;

    private IEnumerable<double> Wide(Node node) => _elements[node].Select(double.CreateTruncating);

    private T[] Elements(Node node) => node.Op switch
    {
        Op.Gradient => _gradient,
        Op.Old => [.. node.Symbol is StateSymbol state ? _states[state.Index] : _parameter],
        Op.New when node.Operands[0].IsScalar => [.. _parameter.Select(_ => T.CreateTruncating(_scalars[node.Operands[0]]))],
        Op.New => _elements[node.Operands[0]],
        _ => [.. Enumerable.Range(0, _parameter.Length).Select(i => Element(node, i))],
    };

    private T Element(Node node, int index)
    {
        var (a, b, c) = (Operand(0), Operand(1), Operand(2));
        return node.Op switch
        {
            Op.Add => a + b,
            Op.Subtract => a - b,
            Op.Multiply => a * b,
            Op.Divide => a / b,
            Op.MultiplyAdd => T.MultiplyAddEstimate(a, b, c),
            Op.Negate => -a,
            Op.Sqrt => T.Sqrt(a),
            Op.Select => a != T.Zero ? b : c,
            Op.Power => T.CreateTruncating(Math.Pow(double.CreateTruncating(a), double.CreateTruncating(b))),
            _ => T.CreateTruncating(OperationTable.Of(node.Op).Value!(double.CreateTruncating(a), double.CreateTruncating(b), double.CreateTruncating(c))),
        };

        T Operand(int i) =>
            i >= node.Operands.Length ? T.Zero
            : node.Operands[i].IsScalar ? T.CreateTruncating(_scalars[node.Operands[i]])
            : _elements[node.Operands[i]][index];
    }
}
