using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Model;

/// <summary>A bound expression. <see cref="Span"/> is where it stands in the formula text.</summary>
internal abstract record Expr(TextSpan Span, Cardinality Cardinality);

internal sealed record NumberExpr(TextSpan Span, double Value) : Expr(Span, Cardinality.PerStep);

internal sealed record HyperExpr(TextSpan Span, HyperSymbol Symbol) : Expr(Span, Cardinality.PerStep);

/// <summary>The step count, 1 at the first step.</summary>
internal sealed record StepExpr(TextSpan Span) : Expr(Span, Cardinality.PerStep);

/// <summary>The gradient that the caller gives.</summary>
internal sealed record GradientExpr(TextSpan Span) : Expr(Span, Cardinality.PerElement);

/// <summary>The value of the parameter or a state before this step.</summary>
internal sealed record OldExpr(TextSpan Span, StoredSymbol Symbol) : Expr(Span, Symbol.Cardinality);

/// <summary>The value that a statement of this step computed.</summary>
internal sealed record DefinedExpr(TextSpan Span, Definition Definition) : Expr(Span, Definition.Cardinality);

internal sealed record UnaryExpr(TextSpan Span, Op Operator, Expr Operand) : Expr(Span, Operand.Cardinality);

internal sealed record BinaryExpr(TextSpan Span, Op Operator, Expr Left, Expr Right)
    : Expr(Span, Cardinalities.Larger(Left.Cardinality, Right.Cardinality));

internal sealed record CallExpr(TextSpan Span, Op Function, ImmutableArray<Expr> Arguments)
    : Expr(Span, Cardinalities.Largest(Arguments));

internal sealed record ConditionalExpr(TextSpan Span, Expr Condition, Expr WhenTrue, Expr WhenFalse)
    : Expr(Span, Cardinalities.Larger(Condition.Cardinality, Cardinalities.Larger(WhenTrue.Cardinality, WhenFalse.Cardinality)));

/// <summary>A function of a whole tensor, or <paramref name="OverGroup"/> of all tensors of the group as if they were one.</summary>
internal sealed record ReduceExpr(TextSpan Span, Op Reduction, ImmutableArray<Expr> Arguments, bool OverGroup)
    : Expr(Span, OverGroup ? Cardinality.PerGroup : Cardinality.PerTensor);

/// <summary>A function of matrices: a product, a transpose, what is taken along rows or columns, roots and eigenvectors.</summary>
internal sealed record MatrixExpr(TextSpan Span, Op Function, ImmutableArray<Expr> Arguments, Cardinality Cardinality) : Expr(Span, Cardinality);

/// <summary>A dimension of the parameter: how many rows, columns or dimensions it has.</summary>
internal sealed record DimensionExpr(TextSpan Span, Op Dimension) : Expr(Span, Cardinality.PerTensor);

internal static class Cardinalities
{
    /// <summary>The shape of what is computed of two values element by element; the binder has refused those that do not meet.</summary>
    public static Cardinality Larger(Cardinality first, Cardinality second) => Shapes.Join(first, second) ?? Cardinality.PerElement;

    public static Cardinality Largest(ImmutableArray<Expr> items) =>
        items.Aggregate(Cardinality.PerStep, (cardinality, item) => Larger(cardinality, item.Cardinality));
}
