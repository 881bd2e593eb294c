using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// The part of the binder that reads products as papers print them: vectors of ones, which sum, and inner products that look like products of
/// elements.
/// </summary>
internal sealed partial class Binder
{
    /// <summary>Which way a vector of ones lies.</summary>
    private enum Ones
    {
        None,
        Column,
        Row,
    }

    /// <summary>A product, and what ones are still to sum what it meets.</summary>
    private (Expr Value, Ones Ones) BindFactors(ExprSyntax syntax)
    {
        switch (syntax)
        {
            case ProductSyntax product:
                var left = BindFactors(product.Factors[0]);
                for (var i = 1; i < product.Factors.Length; i++)
                    left = MultiplyFactors(TextSpan.Cover(left.Value.Span, product.Factors[i].Span), left, BindFactors(product.Factors[i]), "", product.Factors[i - 1], product.Factors[i]);
                return left;
            case BinarySyntax { Operator: Op.Multiply } product:
                return MultiplyFactors(product.Span, BindFactors(product.Left), BindFactors(product.Right), product.Sign, product.Left, product.Right);
            case BinarySyntax { Operator: Op.MatrixProduct } product:
                var (first, second) = (BindFactors(product.Left), BindFactors(product.Right));
                return (first.Ones, second.Ones) == (Ones.None, Ones.None)
                    ? (MatrixProductAsWritten(product.Span, first.Value, second.Value), Ones.None)
                    : MultiplyFactors(product.Span, first, second, "", product.Left, product.Right);
            case NumberSyntax { IsOnes: true } ones:
                return (new NumberExpr(ones.Span, 1), Ones.Column);
            case TransposeSyntax { Operand: NumberSyntax { IsOnes: true } } ones:
                return (new NumberExpr(ones.Span, 1), Ones.Row);
            case GroupSyntax { Inner: BinarySyntax { Operator: Op.Multiply } or ProductSyntax or NumberSyntax or GroupSyntax } group:
                var inner = BindFactors(group.Inner);
                return (inner.Value with { Span = group.Span }, inner.Ones);
            default:
                return (Bind(syntax), Ones.None);
        }
    }

    private (Expr Value, Ones Ones) MultiplyFactors(TextSpan span, (Expr Value, Ones Ones) left, (Expr Value, Ones Ones) right, string sign, ExprSyntax leftSyntax, ExprSyntax rightSyntax)
    {
        ReportBracketedProduct(leftSyntax, left.Value, right.Value);
        ReportBracketedProduct(rightSyntax, right.Value, left.Value);
        if (sign == Token.Circle || (left.Ones, right.Ones) == (Ones.None, Ones.None))
            return (Multiply(span, left.Value, right.Value, sign), Ones.None);
        switch (left.Ones, right.Ones)
        {
            case (Ones.Row, Ones.Column):
                if (_errors.Count == 0)
                    _errors.Report(FormulaErrorIds.Shape, span, $"how many ones '{Text(span)}' counts is not said; write rows({_scope.Parameter?.Name ?? "W"}) or columns({_scope.Parameter?.Name ?? "W"})");
                return (left.Value, Ones.None);
            case (Ones.Column, Ones.Row) or (Ones.Column, Ones.Column) or (Ones.Row, Ones.Row):
                // A matrix of equal numbers is the number wherever it meets another matrix.
                return (Elementwise(span, Op.Multiply, left.Value, right.Value), Ones.None);
            case (Ones.Row, Ones.None) when !right.Value.Cardinality.IsSingle():
                return (Scale(left.Value, SumDown(TextSpan.Cover(leftSyntax.Span, rightSyntax.Span), right.Value)), Ones.None);
            case (Ones.None, Ones.Column) when !left.Value.Cardinality.IsSingle():
                return (Scale(right.Value, SumAcross(TextSpan.Cover(leftSyntax.Span, rightSyntax.Span), left.Value)), Ones.None);
            case (_, Ones.None) when right.Value.Cardinality.IsSingle():
                return (Elementwise(span, Op.Multiply, left.Value, right.Value), left.Ones);
            case (Ones.None, _) when left.Value.Cardinality.IsSingle():
                return (Elementwise(span, Op.Multiply, left.Value, right.Value), right.Ones);
            default:
                // A column beside a row of ones is the column in every one of them.
                return (Elementwise(span, Op.Multiply, left.Value, right.Value), Ones.None);
        }

        Expr Scale(Expr factor, Expr sum) => factor is NumberExpr { Value: 1 } ? sum : Elementwise(span, Op.Multiply, factor, sum);
    }

    /// <summary><c>1ᵀM</c>, the sums of the columns; of a column of numbers its sum.</summary>
    private Expr SumDown(TextSpan span, Expr value)
    {
        ReportSumOfVector(span, value, "colsum");
        return value.Cardinality.Width() == Extent.One ? Reduce(Domain.Tensor(span), Op.Sum, value.Span, value) : OfMatrices(span, Op.ColumnSum, [value]);
    }

    /// <summary><c>M1</c>, the sums of the rows; of a row of numbers its sum.</summary>
    private Expr SumAcross(TextSpan span, Expr value)
    {
        ReportSumOfVector(span, value, "rowsum");
        return value.Cardinality.Height() == Extent.One ? Reduce(Domain.Tensor(span), Op.Sum, value.Span, value) : OfMatrices(span, Op.RowSum, [value]);
    }

    private void ReportSumOfVector(TextSpan span, Expr value, string function)
    {
        var letters = Text(value.Span);
        if (_errors.Count > 0 || value.Cardinality != Cardinality.PerElement || !IsSmall(value) || letters.Length == 0)
            return;
        var (all, along) = ($"sum({letters})", $"{function}({letters})");
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' can mean the sum of all elements of a vector, {all}, or a sum for each {(function == "colsum" ? "column" : "row")} of a matrix, {along}; write which",
            new ReplaceFix($"Write {all}", span, all), new ReplaceFix($"Write {along}", span, along));
    }

    /// <summary>True for what is written with a small letter, as vectors are.</summary>
    private bool IsSmall(Expr value) => Text(value.Span).TrimStart('\\', '(', '{', ' ') is { Length: > 0 } letters && char.IsLower(letters[0]);

    /// <summary>
    /// <c>(w·p)w</c>: between elements the brackets would say nothing, so that papers mean the inner product by them.
    /// </summary>
    private void ReportBracketedProduct(ExprSyntax syntax, Expr value, Expr other)
    {
        if (syntax is GroupSyntax group && other.Cardinality == Cardinality.PerElement && DotIn(syntax, value) is var (first, second))
            ReportDot(PlaceOf(group), first, second);
    }

    /// <summary><c>(w·g)/‖w‖²</c>, <c>w·g/(w·w)</c> and the cosine <c>m·g/(‖m‖‖g‖)</c> are inner products beside norms of what they are of.</summary>
    private void ReportProjection(BinarySyntax quotient, Expr dividend, Expr divisor)
    {
        if (_errors.Count > 0 || DotIn(quotient.Left, dividend) is not var (first, second))
            return;
        string[] names = [Text(first.Span), Text(second.Span)];
        var isNorm = divisor.Cardinality.IsSingle() && divisor.Nodes().Any(node => node is ReduceExpr { Reduction: Op.Norm } norm && names.Contains(Text(norm.Arguments[0].Span)));
        var isSquare = DotIn(quotient.Right, divisor) is var (left, right) && Text(left.Span) == Text(right.Span) && names.Contains(Text(left.Span));
        if (isNorm || isSquare)
            ReportDot(PlaceOf(quotient.Left), first, second);
    }

    /// <summary><c>√(w·w)</c> is the norm to papers, and of elements their size.</summary>
    private void ReportSelfProduct(ExprSyntax syntax, Expr value)
    {
        if (DotIn(syntax, value) is var (first, second) && Text(first.Span) == Text(second.Span))
            ReportDot(PlaceOf(syntax), first, second);
    }

    /// <summary>The factors of a product with a dot between two tensors.</summary>
    private static (Expr Left, Expr Right)? DotIn(ExprSyntax syntax, Expr value)
    {
        while (syntax is GroupSyntax group)
            syntax = group.Inner;
        return syntax is BinarySyntax { Operator: Op.Multiply, Sign: Token.Dot } && value is BinaryExpr { Operator: Op.Multiply, Left: { Cardinality: Cardinality.PerElement } left, Right: { Cardinality: Cardinality.PerElement } right }
            ? (left, right) : null;
    }

    /// <summary>What an edit replaces: all but the braces of an argument.</summary>
    private TextSpan PlaceOf(ExprSyntax syntax) => syntax is GroupSyntax group && _text[group.Span.Start] == '{' ? PlaceOf(group.Inner) : syntax.Span;

    private void ReportDot(TextSpan span, Expr left, Expr right)
    {
        if (_errors.Count > 0)
            return;
        var (first, second) = (Text(left.Span), Text(right.Span));
        var (dot, product) = ($"dot({first}, {second})", $"({first} ⊙ {second})");
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' can mean the inner product, one number, {dot}, or the product of each element, {product}; write which",
            new ReplaceFix($"Write {dot}", span, dot), new ReplaceFix($"Write {product}", span, product));
    }

    /// <summary><c>(w wᵀ)g</c> of small letters: of vectors a multiple of w, of matrices a product of three.</summary>
    private bool ReportOuterProduct(TextSpan span, Expr left, Expr right)
    {
        if (right.Cardinality != Cardinality.PerElement || !IsSmall(right) || OuterIn(left) is not var (first, second))
            return false;
        if (_errors.Count > 0)
            return true;
        var (dot, product) = ($"{Text(first.Span)} dot({Text(second.Span)}, {Text(right.Span)})", $"{Text(first.Span)} @ transpose({Text(second.Span)}) @ {Text(right.Span)}");
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' has an outer product of vectors, which times a vector is {dot}, or a product of matrices, {product}; write which",
            left is MatrixExpr ? [new ReplaceFix($"Write {dot}", span, dot), new ReplaceFix($"Write {product}", span, product)] : []);
        return true;
    }

    private (Expr First, Expr Second)? OuterIn(Expr value) => value switch
    {
        MatrixExpr { Function: Op.MatrixProduct } outer
            when outer.Arguments[0] is { Cardinality: Cardinality.PerElement } first && outer.Arguments[1] is MatrixExpr { Function: Op.Transpose } turned && turned.Arguments[0] is { Cardinality: Cardinality.PerElement } second
            && IsSmall(first) && IsSmall(second) && Text(value.Span).IndexOf('@') < 0 => (first, second),
        UnaryExpr unary => OuterIn(unary.Operand),
        BinaryExpr { Operator: Op.Add or Op.Subtract or Op.Multiply or Op.Divide } binary => OuterIn(binary.Left) ?? OuterIn(binary.Right),
        _ => null,
    };

    /// <summary>The exponent that a function raises its argument to, of each element; empty where it is its second argument, null for other functions.</summary>
    private static string? PowerOf(string function) => function switch
    {
        "sqrt" => "1/2",
        "cbrt" => "1/3",
        "rsqrt" => "-1/2",
        "reciprocal" => "-1",
        "square" => "2",
        "pow" => "",
        _ => null,
    };

    /// <summary>A root or power of a square matrix that array libraries take of each element, and papers of the matrix.</summary>
    private void ReportSquare(TextSpan span, Expr value, TextSpan place, string exponent, string before = "")
    {
        if (_errors.Count > 0 || !value.Cardinality.IsSquare())
            return;
        var shown = Text(place).Trim();
        if (shown.StartsWith("{", StringComparison.Ordinal))
            shown = shown.Substring(1, shown.Length - 2).Trim();
        if (shown.Length > 1 && !(shown[0] == '(' && shown[shown.Length - 1] == ')') && shown.Any(character => character is '+' or '-' or ' ' or '*' or '@' or '·'))
            shown = $"({shown})";
        var (ofMatrix, ofElements) = ($"{before}{shown}^{{{exponent}}}", $"{before}{shown}^{{∘{exponent}}}");
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' of a square matrix can be taken of the matrix, {ofMatrix}, or of each element, {ofElements}; write which",
            new ReplaceFix($"Of the matrix: {ofMatrix}", span, ofMatrix), new ReplaceFix($"Of each element: {ofElements}", span, ofElements));
    }
}
