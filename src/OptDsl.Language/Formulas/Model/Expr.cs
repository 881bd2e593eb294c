using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Model;

/// <summary>A bound expression. <see cref="Span"/> is where it stands in the formula text.</summary>
internal abstract record Expr(TextSpan Span, Shape Shape);

internal sealed record NumberExpr(TextSpan Span, double Value) : Expr(Span, Shape.PerStep);

internal sealed record HyperExpr(TextSpan Span, HyperSymbol Symbol) : Expr(Span, Shape.PerStep);

/// <summary>The step count, 1 at the first step.</summary>
internal sealed record StepExpr(TextSpan Span) : Expr(Span, Shape.PerStep);

/// <summary>The gradient that the caller gives.</summary>
internal sealed record GradientExpr(TextSpan Span) : Expr(Span, Shape.PerElement);

/// <summary>The value of the parameter or a state before this step.</summary>
internal sealed record OldExpr(TextSpan Span, StoredSymbol Symbol) : Expr(Span, Symbol.Shape);

/// <summary>The value that a statement of this step computed.</summary>
internal sealed record DefinedExpr(TextSpan Span, Definition Definition) : Expr(Span, Definition.Shape);

internal sealed record UnaryExpr(TextSpan Span, Op Operator, Expr Operand) : Expr(Span, Operand.Shape);

internal sealed record BinaryExpr(TextSpan Span, Op Operator, Expr Left, Expr Right)
    : Expr(Span, Shapes.Larger(Left.Shape, Right.Shape));

internal sealed record CallExpr(TextSpan Span, Op Function, ImmutableArray<Expr> Arguments)
    : Expr(Span, Shapes.Largest(Arguments));

internal sealed record ConditionalExpr(TextSpan Span, Expr Condition, Expr WhenTrue, Expr WhenFalse)
    : Expr(Span, Shapes.Larger(Condition.Shape, Shapes.Larger(WhenTrue.Shape, WhenFalse.Shape)));

/// <summary>A function of a whole tensor, or <paramref name="OverGroup"/> of all tensors of the group as if they were one.</summary>
internal sealed record ReduceExpr(TextSpan Span, Op Reduction, ImmutableArray<Expr> Arguments, bool OverGroup)
    : Expr(Span, OverGroup ? Shape.PerGroup : Shape.PerTensor);

internal static class Shapes
{
    public static Shape Larger(Shape first, Shape second) => first > second ? first : second;

    public static Shape Largest(ImmutableArray<Expr> items) =>
        items.Aggregate(Shape.PerStep, (shape, item) => Larger(shape, item.Shape));
}
