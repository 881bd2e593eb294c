using OptDsl.Generators.Kernels.Graph;

namespace OptDsl.Generators.Kernels.Algebra;

/// <summary>Keeps every operation as written; equal operations on equal values are still one.</summary>
internal sealed class WrittenAlgebra(NodeTable table) : IAlgebra
{
    public Node Apply(Op op, Node operand) =>
        op == Op.Negate && operand.IsConstant ? table.Constant(-operand.Value) : table.Apply(op, operand);

    public Node Apply(Op op, Node first, Node second)
    {
        if (first.IsConstant && second.IsConstant && Fold(op, first.Value, second.Value) is { } value)
            return table.Constant(value);

        // Powers that a product or a root says exactly are not left to a library function.
        if (op == Op.Power)
        {
            if (second.Is(2))
                return table.Apply(Op.Multiply, first, first);
            if (second.Is(0.5))
                return table.Apply(Op.Sqrt, first);
            if (second.Is(-1))
                return table.Apply(Op.Divide, table.Constant(1), first);
            if (second.Is(3))
                return table.Apply(Op.Multiply, table.Apply(Op.Multiply, first, first), first);
        }

        return table.Apply(op, first, second);
    }

    public Node Select(Node condition, Node whenTrue, Node whenFalse) =>
        condition.IsConstant ? condition.Value != 0 ? whenTrue : whenFalse : table.Apply(Op.Select, condition, whenTrue, whenFalse);

    // In double, as scalars are computed: the same value without the work.
    private static double? Fold(Op op, double first, double second) => op switch
    {
        Op.Add => first + second,
        Op.Subtract => first - second,
        Op.Multiply => first * second,
        Op.Divide => first / second,
        _ => null,
    };

    public void Share(Node node)
    {
    }
}
