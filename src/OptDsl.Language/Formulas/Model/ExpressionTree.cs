using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Model;

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
        MatrixExpr matrix => matrix.Arguments,
        _ => [],
    };

    /// <summary>An expression and all below it.</summary>
    public static IEnumerable<Expr> Nodes(this Expr expression) => expression.Children().SelectMany(Nodes).Prepend(expression);

    /// <summary>The same expression as if it stood elsewhere.</summary>
    public static Expr At(this Expr expression, TextSpan span) => expression switch
    {
        UnaryExpr unary => unary with { Span = span, Operand = unary.Operand.At(span) },
        BinaryExpr binary => binary with { Span = span, Left = binary.Left.At(span), Right = binary.Right.At(span) },
        CallExpr call => call with { Span = span, Arguments = [.. call.Arguments.Select(argument => argument.At(span))] },
        ReduceExpr reduce => reduce with { Span = span, Arguments = [.. reduce.Arguments.Select(argument => argument.At(span))] },
        MatrixExpr matrix => matrix with { Span = span, Arguments = [.. matrix.Arguments.Select(argument => argument.At(span))] },
        ConditionalExpr choice => choice with
        {
            Span = span,
            Condition = choice.Condition.At(span),
            WhenTrue = choice.WhenTrue.At(span),
            WhenFalse = choice.WhenFalse.At(span),
        },
        _ => expression with { Span = span },
    };
}
