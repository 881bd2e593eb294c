using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that gives functions of matrices their shapes.</summary>
internal sealed partial class Binder
{
    private Expr BindTranspose(TransposeSyntax transpose)
    {
        var value = Bind(transpose.Operand);
        if (_errors.Count == 0 && value.Cardinality.IsSingle() && !IsUnsized(value))
        {
            var (number, sign) = (Text(value.Span), Text(TextSpan.FromBounds(value.Span.End, transpose.Span.End)).Trim('^', '{', '}', ' '));
            _errors.Report(
                FormulaErrorIds.UnknownName, transpose.Span,
                $"'{number}' is a single number and has no transpose{(sign == "T" ? "; if T is a number, declare it" : "")}");
        }

        return Transposed(transpose.Span, value);
    }

    private static Expr Transposed(TextSpan span, Expr value) => value switch
    {
        { Cardinality: var shape } when shape.IsSingle() => value,
        MatrixExpr { Function: Op.Transpose } inner => inner.Arguments[0] with { Span = span },
        _ => new MatrixExpr(span, Op.Transpose, [value], value.Cardinality.Transposed()),
    };

    /// <summary>The power of a square matrix is that of matrices; any other is taken element by element.</summary>
    private Expr BindPower(PowerSyntax power)
    {
        var (@base, exponent) = (Bind(power.Base), Bind(power.Exponent));
        if (!@base.Cardinality.IsSquare() || !exponent.Cardinality.IsSingle() || power.IsOfElements)
            return Elementwise(power.Span, Op.Power, @base, exponent);
        if (exponent is not NumberExpr { Value: >= 1 and <= MostFactors and var times } || times != Math.Floor(times))
            return new MatrixExpr(power.Span, Op.InverseRoot, [@base, OrderOf(exponent)], @base.Cardinality);
        if (times > 1 && !IsLeaf(@base))
            @base = new DefinedExpr(@base.Span, Define(new Assignment(new LocalSymbol(PowerName), @base, @base.Span, power.Span)));
        var product = @base;
        for (var i = 1; i < times; i++)
            product = new MatrixExpr(power.Span, Op.MatrixProduct, [product, @base], @base.Cardinality);
        return product with { Span = power.Span };
    }

    private const int MostFactors = 16;

    private const string PowerName = "base";

    /// <summary>The p of <c>L^{-1/p}</c>.</summary>
    private static Expr OrderOf(Expr exponent) => exponent switch
    {
        NumberExpr number => new NumberExpr(exponent.Span, -1 / number.Value),
        UnaryExpr { Operator: Op.Negate, Operand: NumberExpr number } => new NumberExpr(exponent.Span, 1 / number.Value),
        UnaryExpr { Operator: Op.Negate, Operand: BinaryExpr { Operator: Op.Divide, Left: NumberExpr { Value: 1 }, Right: var order } } => order,
        BinaryExpr { Operator: Op.Divide, Left: UnaryExpr { Operator: Op.Negate, Operand: NumberExpr { Value: 1 } }, Right: var order } => order,
        _ => new BinaryExpr(exponent.Span, Op.Divide, new NumberExpr(exponent.Span, -1), exponent),
    };

    /// <summary>A function of matrices.</summary>
    private Expr OfMatrices(TextSpan span, Op function, ImmutableArray<Expr> arguments)
    {
        var first = arguments[0];
        if (function == Op.MatrixProduct)
            return MatrixProduct(span, first, arguments[1]);
        if (_errors.Count == 0 && (_scope.Parameter is null || IsSchedule))
            _errors.Report(FormulaErrorIds.Shape, span, "a schedule has no matrices; it is a function of the step alone");
        var isSquare = function is Op.Trace or Op.Diagonal or Op.InverseRoot or Op.Eigenvectors or Op.Orthogonal;
        if (_errors.Count == 0 && first.Cardinality.IsSingle())
            _errors.Report(FormulaErrorIds.Shape, first.Span, IsUnsized(first) ? $"the size of the unit matrix in '{Text(first.Span)}' is not known here" : $"'{Text(first.Span)}' is a single number; this function needs a matrix");
        else if (_errors.Count == 0 && isSquare && !first.Cardinality.IsSquare())
            _errors.Report(FormulaErrorIds.Shape, first.Span, $"'{Text(first.Span)}' is {first.Cardinality.Dimensions()}; this function needs a square matrix, as G @ Gᵀ is one, rows×rows, or Gᵀ @ G, columns×columns");
        foreach (var number in arguments.Skip(1).Where(number => _errors.Count == 0 && !number.Cardinality.IsSingle()))
            _errors.Report(FormulaErrorIds.Shape, number.Span, $"'{Text(number.Span)}' is {number.Cardinality.Dimensions()} and must be a single number");
        if (function == Op.Transpose)
            return Transposed(span, first);
        var (height, width) = (first.Cardinality.Height(), first.Cardinality.Width());
        var shape = function switch
        {
            Op.RowSum or Op.RowNorm or Op.RowMax or Op.Diagonal => Shapes.Of(height, Extent.One),
            Op.ColumnSum or Op.ColumnNorm or Op.ColumnMax => Shapes.Of(Extent.One, width),
            Op.Trace => Cardinality.PerTensor,
            Op.Ordering => height == Extent.One ? Shapes.Of(width, width) : Shapes.Of(height, height),
            _ => first.Cardinality,
        };
        return new MatrixExpr(span, function, arguments, shape);
    }

    /// <summary>How many rows or columns a value has; of a vector's transpose the parameter's other dimension.</summary>
    private Expr BindDimension(TextSpan span, Op dimension, Expr value)
    {
        if (_errors.Count == 0 && (_scope.Parameter is null || IsSchedule || value.Cardinality.IsSingle()))
            _errors.Report(FormulaErrorIds.Shape, span, $"'{Text(value.Span)}' is a single number; this is a property of a tensor, as of {_scope.Parameter?.Name ?? "W"}");
        return dimension == Op.Rank ? new DimensionExpr(span, Op.Rank) : Size(span, dimension == Op.Rows ? value.Cardinality.Height() : value.Cardinality.Width());
    }

    private static Expr Size(TextSpan span, Extent extent) => extent switch
    {
        Extent.One => new NumberExpr(span, 1),
        Extent.Rows => new DimensionExpr(span, Op.Rows),
        _ => new DimensionExpr(span, Op.Columns),
    };

    /// <summary>How many values there are of something; null where that is how many elements the tensor has.</summary>
    private Expr? CountOf(Domain domain, Expr value)
    {
        if (value.Cardinality.IsSingle() || value.Cardinality is Cardinality.PerElement or Cardinality.ColumnsByRows)
            return null;
        if (_errors.Count == 0 && domain.IsGroup)
            _errors.Report(FormulaErrorIds.Shape, domain.Span, $"'{Text(value.Span)}' is {value.Cardinality.Dimensions()}, and the tensors of a group are counted by their elements");
        var (height, width) = (value.Cardinality.Height(), value.Cardinality.Width());
        return height == Extent.One ? Size(domain.Span, width)
            : width == Extent.One ? Size(domain.Span, height)
            : new BinaryExpr(domain.Span, Op.Multiply, Size(domain.Span, height), Size(domain.Span, width));
    }

    /// <summary>The name of a set of coefficients where one is expected, as a number.</summary>
    private Expr BindArgument(CallSyntax call, int index) =>
        call.Arguments[index] is NameSyntax name && Functions.TakesCoefficients(call.Function, index) && !_scope.IsDeclared(_times.NameOf(name)) && NewtonSchulzCoefficients.Find(name.Key("")) is { } set
            ? new NumberExpr(name.Span, set) : Bind(call.Arguments[index]);
}
