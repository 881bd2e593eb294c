using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Torch.Plans;

/// <summary>Writes out a model as a plan. Conditions of the step choose their branch here; equal values are computed once.</summary>
internal sealed class PlanBuilder
{
    private readonly Func<Expr, bool?> _holds;
    private readonly List<PlanNode> _nodes = [];
    private readonly Dictionary<PlanNode, int> _numbers = [];
    private readonly Dictionary<Definition, int> _definitions = [];

    private PlanBuilder(Func<Expr, bool?> holds) => _holds = holds;

    /// <summary>The plan of a step.</summary>
    /// <param name="model">The rule.</param>
    /// <param name="holds">Whether a condition of the step holds; null where the tensors of a group differ in it.</param>
    public static TensorPlan Step(RuleModel model, Func<Expr, bool?> holds)
    {
        var builder = new PlanBuilder(holds);
        var liveness = new Liveness(model, ExpressionTree.Nodes);
        var stored = model.States.Where(state => liveness.IsLive(state) && Exists(model, state, holds)).Prepend<StoredSymbol>(model.Parameter);
        var roots = from symbol in stored
                    let final = model.Final(symbol)
                    where final is not null
                    select new PlanRoot(symbol, builder.Build(final));
        return Fusion.Apply(builder._nodes, [.. roots]);
    }

    /// <summary>The plan of the values of some states before the first step.</summary>
    public static TensorPlan Initialisation(RuleModel model, IEnumerable<StateSymbol> states, Func<Expr, bool?> holds)
    {
        var builder = new PlanBuilder(holds);
        var roots = states.Select(state => new PlanRoot(state, builder.BuildAs(model.Initials[state.Index], perElement: !state.IsScalar)));
        return new TensorPlan(builder._nodes, [.. roots]);
    }

    /// <summary>True for a rule with functions over all tensors of a group, whose tensors wait for one another.</summary>
    public static bool ReducesGroups(RuleModel model) =>
        model.Definitions.SelectMany(definition => definition.Value.Nodes()).Any(node => node is ReduceExpr { OverGroup: true });

    /// <summary>True for a state that exists.</summary>
    public static bool Exists(RuleModel model, StateSymbol state, Func<Expr, bool?> holds) =>
        model.Conditions[state.Index] is not { } condition || holds(condition) is true;

    /// <summary>The conditions of the step that a model chooses by: what a plan depends on.</summary>
    public static IReadOnlyList<Expr> ConditionsOf(RuleModel model) =>
    [
        .. model.Definitions.SelectMany(definition => definition.Value.Nodes()).OfType<ConditionalExpr>()
            .Where(choice => choice.Cardinality != Cardinality.PerStep && choice.Condition.Cardinality == Cardinality.PerStep).Select(choice => choice.Condition),
        .. model.Conditions.OfType<Expr>(),
    ];

    private int Build(Definition definition)
    {
        if (!_definitions.TryGetValue(definition, out var number))
            _definitions.Add(definition, number = BuildAs(definition.Value, definition.Target is StoredSymbol { Cardinality: Cardinality.PerElement }));
        return number;
    }

    private int BuildAs(Expr expression, bool perElement)
    {
        var number = Build(expression);
        return perElement && !_nodes[number].PerElement ? Add(new PlanNode(NodeKind.Fill, First: number) { PerElement = true }) : number;
    }

    private int Build(Expr expression)
    {
        if (expression.Cardinality == Cardinality.PerStep)
            return Add(new PlanNode(NodeKind.Step) { Scalar = expression.At(default) });
        return expression switch
        {
            GradientExpr => Add(new PlanNode(NodeKind.Gradient) { PerElement = true }),
            OldExpr old => Add(new PlanNode(NodeKind.Stored) { Symbol = old.Symbol, PerElement = old.Symbol.Cardinality == Cardinality.PerElement }),
            DefinedExpr defined => Build(defined.Definition),
            UnaryExpr unary => Elements(unary.Operator, unary.Operand),
            BinaryExpr binary => Elements(binary.Operator, binary.Left, binary.Right),
            CallExpr call => Elements(call.Function, [.. call.Arguments]),
            ConditionalExpr { Condition.Cardinality: Cardinality.PerStep } choice when _holds(choice.Condition) is { } holds => Build(holds ? choice.WhenTrue : choice.WhenFalse),
            ConditionalExpr choice => Select(choice),
            ReduceExpr { Reduction: Op.Count } count => Add(new PlanNode(NodeKind.Count) { OverGroup = count.OverGroup }),
            ReduceExpr reduce => Reduce(reduce),
            _ => throw new NotSupportedException("A rule that sees its parameter as a matrix runs on contiguous float32 and float64 tensors in the CPU's memory only."),
        };
    }

    private int Reduce(ReduceExpr reduce)
    {
        var first = BuildAs(reduce.Arguments[0], perElement: true);
        var second = reduce.Arguments.Length > 1 ? BuildAs(reduce.Arguments[1], perElement: true) : -1;
        return Add(new PlanNode(NodeKind.Reduction, reduce.Reduction, first, second) { OverGroup = reduce.OverGroup });
    }

    private int Select(ConditionalExpr choice)
    {
        var perElement = choice.Cardinality == Cardinality.PerElement;
        var (condition, whenTrue, whenFalse) = (Build(choice.Condition), BuildAs(choice.WhenTrue, perElement), BuildAs(choice.WhenFalse, perElement));
        return Add(new PlanNode(NodeKind.Elements, Op.Select, condition, whenTrue, whenFalse) { PerElement = perElement });
    }

    private int Elements(Op operation, params ReadOnlySpan<Expr> operands)
    {
        Span<int> numbers = [-1, -1, -1];
        var perElement = false;
        for (var i = 0; i < operands.Length; i++)
        {
            numbers[i] = Build(operands[i]);
            perElement |= _nodes[numbers[i]].PerElement;
        }

        return Add(new PlanNode(NodeKind.Elements, operation, numbers[0], numbers[1], numbers[2]) { PerElement = perElement });
    }

    private int Add(PlanNode node)
    {
        if (!_numbers.TryGetValue(node, out var number))
        {
            number = _nodes.Count;
            _nodes.Add(node);
            _numbers.Add(node, number);
        }

        return number;
    }
}
