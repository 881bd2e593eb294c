using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Kernels.Graph;

internal static class ExpressionTree
{
    /// <summary>The expressions directly below one; a reference to a definition is a leaf.</summary>
    public static ImmutableArray<Expr> Children(this Expr expression) => expression switch
    {
        UnaryExpr unary => [unary.Operand],
        BinaryExpr binary => [binary.Left, binary.Right],
        CallExpr call => call.Arguments,
        ConditionalExpr conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
        ReduceExpr reduce => reduce.Arguments,
        _ => [],
    };
}
