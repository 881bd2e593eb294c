using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>Keeps every operation as written; equal operations on equal values are still one.</summary>
internal sealed class WrittenAlgebra(NodeTable table) : IAlgebra
{
    public Node Apply(Op op, Node operand) =>
        Folding.Fold(op, operand) is { } value ? table.Constant(value) : table.Apply(op, operand);

    public Node Apply(Op op, Node first, Node second)
    {
        if (Folding.Fold(op, first, second) is { } value)
            return table.Constant(value);

        // Powers of elements that a product or a root says exactly are not left to a library function.
        if (op == Op.Power && !first.IsScalar)
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

    public Node Reduce(Op op, Cardinality cardinality, Node operand) => table.Reduce(op, cardinality, operand);

    public Node Dot(Cardinality cardinality, Node first, Node second) => table.Reduce(Op.Dot, cardinality, first, second);

    public Node Select(Node condition, Node whenTrue, Node whenFalse) =>
        condition.IsConstant ? condition.Value != 0 ? whenTrue : whenFalse
        : whenTrue == whenFalse ? whenTrue
        : table.Apply(Op.Select, condition, whenTrue, whenFalse);

    public void Share(Node node)
    {
    }
}
