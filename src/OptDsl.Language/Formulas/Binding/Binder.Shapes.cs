using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that lets values of different shapes meet, and tells products of matrices from products of elements.</summary>
internal sealed partial class Binder
{
    /// <summary>An operation element by element.</summary>
    private BinaryExpr Elementwise(TextSpan span, Op op, Expr left, Expr right)
    {
        (left, right) = Sized(left, right);
        Meet(span, left, right, op);
        return new BinaryExpr(span, op, left, right);
    }

    private ConditionalExpr Choose(TextSpan span, Expr condition, Expr whenTrue, Expr whenFalse)
    {
        (whenTrue, whenFalse) = Sized(whenTrue, whenFalse);
        Meet(span, whenTrue, whenFalse);
        Meet(span, condition, whenTrue.Cardinality.IsSingle() ? whenFalse : whenTrue);
        return new ConditionalExpr(span, condition, whenTrue, whenFalse);
    }

    /// <summary>
    /// A product as it is written. Where a factor is transposed or square, neighbours multiply as matrices, and numbers scale; a circle
    /// multiplies element by element.
    /// </summary>
    private Expr Multiply(TextSpan span, Expr left, Expr right, string sign = "")
    {
        var isOfMatrices = sign != Token.Circle && IsMatrix(left) && IsMatrix(right)
            && (left.Cardinality.IsSquareOrTransposed() || right.Cardinality.IsSquareOrTransposed() || IsUnsized(left) || IsUnsized(right));
        if (!isOfMatrices)
            return Elementwise(span, Op.Multiply, left, right);
        if (ReportInnerProduct(span, left, right) || ReportOuterProduct(span, left, right) || (sign == Token.Star && ReportStar(span, left, right)))
            return new NumberExpr(span, 0);
        return MatrixProduct(span, left, right);

        static bool IsMatrix(Expr value) => !value.Cardinality.IsSingle() || IsUnsized(value);
    }

    /// <summary>A star between square matrices multiplies elements in array libraries.</summary>
    private bool ReportStar(TextSpan span, Expr left, Expr right)
    {
        if (Shapes.Join(left.Cardinality, right.Cardinality) is null || Shapes.Product(left.Cardinality, right.Cardinality) is null || left.Cardinality.IsSingle() || right.Cardinality.IsSingle())
            return false;
        if (_errors.Count > 0)
            return true;
        var sign = TextSpan.FromBounds(left.Span.End, Math.Max(left.Span.End, right.Span.Start));
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' can mean the product of matrices, written '@', or of their elements, written '⊙'; write which",
            new ReplaceFix("Multiply the matrices: @", sign, " @ "), new ReplaceFix("Multiply the elements: ⊙", sign, " ⊙ "));
        return true;
    }

    private Expr MatrixProduct(TextSpan span, Expr left, Expr right)
    {
        if (IsUnsized(left) && !right.Cardinality.IsSingle())
            left = Sized(left, Shapes.Of(right.Cardinality.Height(), right.Cardinality.Height()));
        if (IsUnsized(right) && !left.Cardinality.IsSingle())
            right = Sized(right, Shapes.Of(left.Cardinality.Width(), left.Cardinality.Width()));
        if (left.Cardinality.IsSingle() || right.Cardinality.IsSingle())
            return Elementwise(span, Op.Multiply, left, right);
        if (Shapes.Product(left.Cardinality, right.Cardinality) is { } shape)
            return new MatrixExpr(span, Op.MatrixProduct, [left, right], shape);
        if (_errors.Count == 0)
        {
            var (first, second) = (Text(left.Span), Text(right.Span));
            _errors.Report(
                FormulaErrorIds.Shape, span,
                $"the {Plural(left.Cardinality.Width())} of '{first}' meet the {Plural(right.Cardinality.Height())} of '{second}': '{first}' is {left.Cardinality.Dimensions()} and '{second}' {right.Cardinality.Dimensions()}, and in a product of matrices the inner dimensions are the same{ProductAdvice(left, right)}");
        }

        return new NumberExpr(span, 0);
    }

    private string ProductAdvice(Expr left, Expr right)
    {
        var (first, second) = (Text(left.Span), Text(right.Span));
        return (left.Cardinality.IsSquare() || right.Cardinality.IsSquare()) && Shapes.Product(right.Cardinality, left.Cardinality) is not null ? $"; the other way round, '{second}' times '{first}', they fit"
            : Shapes.Product(left.Cardinality, right.Cardinality.Transposed()) is not null ? $"; transpose '{second}'"
            : Shapes.Product(left.Cardinality.Transposed(), right.Cardinality) is not null ? $"; transpose '{first}'"
            : "";
    }

    /// <summary>The product that <c>@</c> asks for.</summary>
    private Expr MatrixProductAsWritten(TextSpan span, Expr left, Expr right)
    {
        if (_errors.Count == 0 && new[] { left, right }.FirstOrDefault(factor => factor.Cardinality.IsSingle() && !IsUnsized(factor)) is { } number)
        {
            var sign = TextSpan.FromBounds(left.Span.End, Math.Max(left.Span.End, right.Span.Start));
            _errors.Report(
                FormulaErrorIds.Shape, span, $"'@' multiplies matrices, and '{Text(number.Span)}' is a single number, which scales without it",
                new ReplaceFix("Multiply by the number: ·", sign, "·"));
        }

        return MatrixProduct(span, left, right);
    }

    /// <summary><c>xᵀy</c> of vectors is a number in textbooks, and of the same letters as matrices a matrix; capitals are matrices.</summary>
    private bool ReportInnerProduct(TextSpan span, Expr left, Expr right)
    {
        while (left is BinaryExpr { Operator: Op.Multiply } scaled && scaled.Left.Cardinality.IsSingle())
            left = scaled.Right;
        if (left is not MatrixExpr { Function: Op.Transpose } transpose || transpose.Arguments[0].Cardinality != Cardinality.PerElement
            || right.Cardinality != Cardinality.PerElement || Text(transpose.Arguments[0].Span).TrimStart('\\', '(', '{', ' ') is not { Length: > 0 } letters || !char.IsLower(letters[0]))
        {
            return false;
        }

        if (_errors.Count > 0)
            return true;
        var (first, second) = (Text(transpose.Arguments[0].Span), Text(right.Span));
        var (dot, product) = ($"dot({first}, {second})", $"transpose({first}) @ {second}");
        span = TextSpan.FromBounds(left.Span.Start, span.End);
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' can mean the inner product of two vectors, one number, or the product of two matrices, columns×columns; write which",
            new ReplaceFix($"Write {dot}", span, dot), new ReplaceFix($"Write {product}", span, product));
        return true;
    }

    /// <summary>Refuses values where rows meet columns.</summary>
    private void Meet(TextSpan span, Expr left, Expr right, Op op = Op.Add)
    {
        if (_errors.Count == 0 && (IsUnsized(left) ? right : IsUnsized(right) ? left : null) is { } other && !other.Cardinality.IsSingle())
            _errors.Report(FormulaErrorIds.Shape, span, $"a unit matrix is square, and '{Text(other.Span)}' is {other.Cardinality.Dimensions()}");
        if (_errors.Count > 0 || Shapes.Join(left.Cardinality, right.Cardinality) is not null)
            return;
        var advice = Shapes.Join(left.Cardinality, right.Cardinality.Transposed()) is not null ? $"; transpose one of them, as in transpose({Text(right.Span)})"
            : op == Op.Multiply && Shapes.Product(left.Cardinality, right.Cardinality) is not null ? "; the product of matrices is written '@'"
            : "";
        _errors.Report(FormulaErrorIds.Shape, span, $"{Meeting(left, right)}{advice}");
    }

    /// <summary>Which dimension meets which.</summary>
    private string Meeting(Expr left, Expr right)
    {
        var (first, second) = (Text(left.Span), Text(right.Span));
        var (down, other) = (left.Cardinality.Height(), right.Cardinality.Height());
        var clashes = down != Extent.One && other != Extent.One && down != other
            ? (Plural(down), Plural(other)) : (Plural(left.Cardinality.Width()), Plural(right.Cardinality.Width()));
        return $"{clashes.Item1} of '{first}' meet {clashes.Item2} of '{second}': '{first}' is {left.Cardinality.Dimensions()} and '{second}' {right.Cardinality.Dimensions()}";
    }

    private static string Plural(Extent extent) => extent switch
    {
        Extent.Rows => "rows",
        Extent.Columns => "columns",
        _ => "single column",
    };

    /// <summary>True for a unit matrix, or a multiple of one, whose size nothing has said yet.</summary>
    private static bool IsUnsized(Expr value) => value.Cardinality.IsSingle() && value switch
    {
        MatrixExpr { Function: Op.Identity } => true,
        UnaryExpr unary => IsUnsized(unary.Operand),
        BinaryExpr binary => IsUnsized(binary.Left) || IsUnsized(binary.Right),
        ConditionalExpr choice => IsUnsized(choice.WhenTrue) || IsUnsized(choice.WhenFalse),
        _ => false,
    };

    /// <summary>Of two values that meet, unit matrices take on the size of the other.</summary>
    private static (Expr Left, Expr Right) Sized(Expr left, Expr right) => (Sized(left, right.Cardinality), Sized(right, left.Cardinality));

    private static Expr Sized(Expr value, Cardinality shape)
    {
        return shape.IsSquare() && IsUnsized(value) ? Resize(value) : value;

        Expr Resize(Expr part) => !IsUnsized(part) ? part : part switch
        {
            MatrixExpr unit => new MatrixExpr(unit.Span, Op.Identity, [], shape),
            UnaryExpr unary => new UnaryExpr(unary.Span, unary.Operator, Resize(unary.Operand)),
            BinaryExpr binary => new BinaryExpr(binary.Span, binary.Operator, Resize(binary.Left), Resize(binary.Right)),
            ConditionalExpr choice => new ConditionalExpr(choice.Span, choice.Condition, Resize(choice.WhenTrue), Resize(choice.WhenFalse)),
            _ => part,
        };
    }

    /// <summary>A value as a name takes it; a unit matrix has the size of a square state.</summary>
    private Expr Fitted(Symbol target, Expr value, TextSpan place)
    {
        if (target is StoredSymbol { Cardinality: var shape } && shape.IsSquare())
            value = Sized(value, shape);
        if (_errors.Count == 0 && IsUnsized(value))
            _errors.Report(FormulaErrorIds.Shape, place, $"the size of the unit matrix in '{Text(place)}' is not known here; write it where a square matrix says it, as in 'L + εI', or give it to a square state");
        if (_errors.Count == 0 && target is StoredSymbol stored && !stored.Cardinality.TakesIn(value.Cardinality))
            ReportShape(place, stored, value);
        return value;
    }
}
