using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>Reads a rule model into nodes, by the operations of an <see cref="IAlgebra"/>.</summary>
internal sealed partial class GraphBuilder
{
    private readonly RuleModel _model;
    private readonly NodeTable _table;
    private readonly IAlgebra _algebra;
    private readonly Dictionary<Definition, Node> _values = [];
    private readonly Dictionary<Definition, int> _uses = [];
    private readonly List<KeyValuePair<Expr, Node>> _reductions = [];
    private readonly List<KeyValuePair<Expr, Condition>> _choices = [];

    private GraphBuilder(RuleModel model, NodeTable table, IAlgebra algebra)
    {
        _model = model;
        _table = table;
        _algebra = algebra;
    }

    public static RuleGraph Build(RuleModel model, NodeTable table, IAlgebra algebra) => new GraphBuilder(model, table, algebra).Build();

    /// <summary>The nodes of an expression that refers to no definition, such as an initial value.</summary>
    public static Node Build(Expr expression, RuleModel model, NodeTable table, IAlgebra algebra) =>
        new GraphBuilder(model, table, algebra).Translate(expression);

    private RuleGraph Build()
    {
        foreach (var definition in _model.Definitions)
            CountUses(definition.Value);

        // What no later step and no caller reads is not stored: OPT202 and OPT203 report it.
        var liveness = new Liveness(_model, ExpressionTree.Nodes);
        var stores = ImmutableArray.CreateBuilder<Node>();
        var scalarStores = ImmutableArray.CreateBuilder<KeyValuePair<StateSymbol, Node>>();
        foreach (var definition in _model.Definitions)
        {
            var value = Translate(definition.Value);
            if (definition.Target is StoredSymbol stored && _model.Final(stored) == definition && liveness.IsLive(stored))
            {
                if (stored is StateSymbol { IsScalar: true } scalar)
                {
                    scalarStores.Add(new KeyValuePair<StateSymbol, Node>(scalar, value));
                }
                else if (value != _table.Old(stored))
                {
                    value = _table.New(stored, value);
                    stores.Add(value);
                }
            }
            else if (_uses.TryGetValue(definition, out var uses) && uses > 1)
            {
                _algebra.Share(value);
            }

            _values.Add(definition, value);
        }

        return new RuleGraph(
            _table, stores.ToImmutable(), scalarStores.ToImmutable(),
            [.. _model.Definitions.Select(definition => _values[definition])], [.. _reductions])
        {
            Choices = [.. _choices],
            Conditions = _model.States.Where(state => state.IsConditional)
                .ToImmutableDictionary(state => state, state => Condition.Of(Translate(_model.Conditions[state.Index]!))),
        };
    }

    private void CountUses(Expr expression)
    {
        if (expression is DefinedExpr defined)
            _uses[defined.Definition] = _uses.TryGetValue(defined.Definition, out var uses) ? uses + 1 : 1;
        foreach (var child in expression.Children())
            CountUses(child);
    }

    private Node Translate(Expr expression) => expression switch
    {
        NumberExpr number => _table.Constant(number.Value),
        HyperExpr hyper => _table.Hyper(hyper.Symbol),
        StepExpr => _table.Step,
        GradientExpr => _table.Gradient,
        OldExpr old => _table.Old(old.Symbol),
        DefinedExpr defined => _values[defined.Definition],
        UnaryExpr unary => _algebra.Apply(unary.Operator, Translate(unary.Operand)),
        BinaryExpr binary => _algebra.Apply(binary.Operator, Translate(binary.Left), Translate(binary.Right)),
        CallExpr { Arguments.Length: 1 } call => _algebra.Apply(call.Function, Translate(call.Arguments[0])),
        CallExpr call => call.Arguments.Skip(1).Aggregate(
            Translate(call.Arguments[0]), (left, right) => _algebra.Apply(call.Function, left, Translate(right))),
        ConditionalExpr conditional => Choose(conditional),
        ReduceExpr reduce => Reduce(reduce),
        MatrixExpr matrix => OfMatrices(matrix),
        DimensionExpr dimension => _table.Dimension(dimension.Dimension),
        _ => throw new InvalidOperationException("Unknown expression " + expression.GetType().Name),
    };

    private Node Choose(ConditionalExpr choice)
    {
        var condition = Translate(choice.Condition);
        _choices.Add(new KeyValuePair<Expr, Condition>(choice.Condition, Condition.Of(condition)));
        return _algebra.Select(condition, Translate(choice.WhenTrue), Translate(choice.WhenFalse));
    }

    private Node Reduce(ReduceExpr reduce)
    {
        if (reduce.Reduction == Op.Count)
            return _table.Count(reduce.Cardinality);

        var (first, shape) = (Translate(reduce.Arguments[0]), reduce.Arguments[0].Cardinality);
        var result = reduce.Reduction switch
        {
            Op.Sum => Sum(reduce.Cardinality, first, shape),
            Op.Dot => Dot(reduce.Cardinality, first, shape, Translate(reduce.Arguments[1]), reduce.Arguments[1].Cardinality),
            Op.Norm => Norm(reduce.Cardinality, first, shape),
            _ when first.Cardinality <= reduce.Cardinality => _algebra.Apply(Op.Abs, first),
            _ => _algebra.Reduce(Op.MaxAbs, reduce.Cardinality, Repeated(first, shape)),
        };
        _reductions.AddRange(Reductions(result).Select(node => new KeyValuePair<Expr, Node>(reduce, node)));
        return result;
    }

    private Node Sum(Cardinality cardinality, Node value, Cardinality shape) => value.Cardinality <= cardinality
        ? _algebra.Apply(Op.Multiply, value, CountOf(cardinality, shape))
        : _algebra.Reduce(Op.Sum, cardinality, Repeated(value, shape));

    private Node Dot(Cardinality cardinality, Node first, Cardinality firstShape, Node second, Cardinality secondShape)
    {
        var shape = Cardinalities.Larger(firstShape, secondShape);
        return (first.Cardinality <= cardinality, second.Cardinality <= cardinality) switch
        {
            (true, true) => Sum(cardinality, _algebra.Apply(Op.Multiply, first, second), shape),
            (true, false) => _algebra.Apply(Op.Multiply, first, Sum(cardinality, second, shape)),
            (false, true) => _algebra.Apply(Op.Multiply, Sum(cardinality, first, shape), second),
            _ => _algebra.Dot(cardinality, Repeated(first, firstShape), Repeated(second, secondShape)),
        };
    }

    private Node Norm(Cardinality cardinality, Node value, Cardinality shape) => value.Cardinality <= cardinality
        ? _algebra.Apply(Op.Multiply, _algebra.Apply(Op.Abs, value), _algebra.Apply(Op.Sqrt, CountOf(cardinality, shape)))
        : _algebra.Reduce(Op.Norm, cardinality, Repeated(value, shape));

    /// <summary>How many values a reduction goes over.</summary>
    private Node CountOf(Cardinality cardinality, Cardinality shape)
    {
        if (shape.IsSingle() || shape is Cardinality.PerElement or Cardinality.ColumnsByRows)
            return _table.Count(cardinality);
        return _algebra.Apply(Op.Multiply, Size(shape.Height()), Size(shape.Width()));

        Node Size(Extent extent) => extent switch
        {
            Extent.One => _table.Constant(1),
            Extent.Rows => _table.Dimension(Op.Rows),
            _ => _table.Dimension(Op.Columns),
        };
    }

    /// <summary>
    /// A value per element for one per tensor, as the tensors of a group differ in it: where it is all that is left of an
    /// expression that had one per element, a choice between it and itself for each element. Likewise for other shapes.
    /// </summary>
    private Node Repeated(Node value, Cardinality shape) =>
        value.IsScalar && (shape.IsSingle() || shape == Cardinality.PerElement)
            ? _table.Apply(Op.Select, _table.Apply(Op.Less, _table.Old(_model.Parameter), _table.Constant(0)), value, value)
            : shape.IsSingle() || value.Cardinality == shape ? value : _table.Shaped(Op.Copy, shape, value);

    private static IEnumerable<Node> Reductions(Node value) =>
        Traversal.InOrder([value], node => node.Op.IsReduction() ? [] : node.Operands).Where(node => node.Op.IsReduction());
}
