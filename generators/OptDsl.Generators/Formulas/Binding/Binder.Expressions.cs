using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Formulas.Syntax;

namespace OptDsl.Generators.Formulas.Binding;

/// <summary>The part of the binder that walks expressions.</summary>
internal sealed partial class Binder
{
    private Expr Bind(ExprSyntax syntax) => syntax switch
    {
        NumberSyntax number => new NumberExpr(number.Span, number.Value),
        NablaSyntax nabla => new GradientExpr(nabla.Span),
        GroupSyntax group => Bind(group.Inner) with { Span = group.Span },
        UnarySyntax unary => new UnaryExpr(unary.Span, unary.Operator, Bind(unary.Operand)),
        BinarySyntax { Operator: BinaryOperator.Divide } quotient => BindQuotient(quotient),
        BinarySyntax binary => new BinaryExpr(binary.Span, binary.Operator, Bind(binary.Left), Bind(binary.Right)),
        ConditionalSyntax conditional => new ConditionalExpr(
            conditional.Span, Bind(conditional.Condition), Bind(conditional.WhenTrue), Bind(conditional.WhenFalse)),
        AbsoluteSyntax absolute => new CallExpr(absolute.Span, ElementFunction.Abs, [Bind(absolute.Inner)]),
        NormSyntax norm => BindNorm(norm),
        MissingSyntax missing => new NumberExpr(missing.Span, 0),
        _ => Multiply(syntax.Span, BindFactors(syntax)),
    };

    /// <summary>
    /// The factors that a piece of syntax stands for. A run of letters may be several; a root sign before it belongs to the
    /// first, an exponent behind it to the last.
    /// </summary>
    private ImmutableArray<Expr> BindFactors(ExprSyntax syntax)
    {
        switch (syntax)
        {
            case NameSyntax name:
                return BindWord(name);
            case ApplySyntax apply:
                return BindApply(apply);
            case ProductSyntax product:
                return [.. product.Factors.SelectMany(factor => BindFactors(factor))];
            case PowerSyntax power:
                var powered = BindFactors(power.Base);
                var last = powered[powered.Length - 1];
                var exponent = BindExponent(power);
                var span = TextSpan.FromBounds(last.Span.Start, power.Span.End);
                return powered.SetItem(powered.Length - 1, new BinaryExpr(span, BinaryOperator.Power, last, exponent));
            case RootSyntax root:
                var rooted = BindFactors(root.Operand);
                return rooted.SetItem(0, BindRoot(root, rooted[0]));
            default:
                return [Bind(syntax)];
        }
    }

    private static Expr Multiply(TextSpan whole, ImmutableArray<Expr> factors)
    {
        var product = factors[0];
        foreach (var factor in factors.Skip(1))
            product = new BinaryExpr(TextSpan.Cover(product.Span, factor.Span), BinaryOperator.Multiply, product, factor);
        return factors.Length > 1 ? product with { Span = whole } : product;
    }

    private Expr BindExponent(PowerSyntax power)
    {
        var factors = BindFactors(power.Exponent);
        if (factors.Length > 1 && power.Exponent is NameSyntax)
        {
            var first = Text(factors[0].Span);
            var rest = string.Concat(factors.Skip(1).Select(factor => Text(factor.Span)));
            var basis = Text(power.Base.Span);
            _errors.Report(
                FormulaErrorIds.AmbiguousProduct,
                power.Span,
                $"'{Text(power.Span)}' can mean {basis}^{first} · {rest} or {basis}^({first}{rest}); write which",
                new ReplaceFix($"Write {basis}^{first} · {rest}", power.Exponent.Span, $"{first} · {rest}"),
                new ReplaceFix($"Write {basis}^({first}{rest})", power.Exponent.Span, $"({first}{rest})"));
        }

        return Multiply(power.Exponent.Span, factors);
    }

    private Expr BindRoot(RootSyntax root, Expr operand)
    {
        var span = TextSpan.FromBounds(root.Span.Start, operand.Span.End);
        if (root.Degree is null)
            return new CallExpr(span, ElementFunction.Sqrt, [operand]);
        var degree = Bind(root.Degree);
        return degree switch
        {
            NumberExpr { Value: 2 } => new CallExpr(span, ElementFunction.Sqrt, [operand]),
            NumberExpr { Value: 3 } => new CallExpr(span, ElementFunction.Cbrt, [operand]),
            _ => new BinaryExpr(span, BinaryOperator.Power, operand, new BinaryExpr(degree.Span, BinaryOperator.Divide, new NumberExpr(degree.Span, 1), degree)),
        };
    }

    /// <summary><c>a / bc</c> has two readings, and people mean either.</summary>
    private BinaryExpr BindQuotient(BinarySyntax quotient)
    {
        var left = Bind(quotient.Left);
        var (sign, divisor) = quotient.Right is UnarySyntax { Operator: UnaryOperator.Negate } negated ? (true, negated.Operand) : (false, quotient.Right);
        var factors = divisor is NameSyntax or ApplySyntax or ProductSyntax or PowerSyntax or RootSyntax ? BindFactors(divisor) : [Bind(divisor)];
        if (factors.Length > 1)
            ReportQuotient(quotient, divisor.Span, factors[0].Span);
        var right = Multiply(divisor.Span, factors);
        if (sign)
            right = new UnaryExpr(quotient.Right.Span, UnaryOperator.Negate, right);
        return new BinaryExpr(quotient.Span, BinaryOperator.Divide, left, right);
    }

    private void ReportQuotient(BinarySyntax quotient, TextSpan divisor, TextSpan first)
    {
        var (dividend, whole) = (Text(quotient.Left.Span), Text(divisor));
        var rest = Text(TextSpan.FromBounds(first.End, divisor.End)).TrimStart();
        var between = Text(TextSpan.FromBounds(quotient.Left.Span.End, first.Start));
        _errors.Report(
            FormulaErrorIds.AmbiguousQuotient,
            quotient.Span,
            $"'{Text(quotient.Span)}' can mean {dividend}/({whole}) or ({dividend}/{Text(first)}){rest}; write which",
            new ReplaceFix($"Divide by all of it: {dividend}/({whole})", divisor, $"({whole})"),
            new ReplaceFix(
                $"Divide by '{Text(first)}' only: ({dividend}/{Text(first)}){rest}",
                quotient.Span,
                $"({dividend}{between}{Text(first)}){Text(TextSpan.FromBounds(first.End, divisor.End))}"));
    }

    private ReduceExpr BindNorm(NormSyntax norm)
    {
        var inner = Bind(norm.Inner);
        return norm.Kind switch
        {
            NormKind.SumOfAbsolutes => Reduce(norm.Span, Reduction.Sum, norm.Inner.Span, new CallExpr(norm.Inner.Span, ElementFunction.Abs, [inner])),
            NormKind.LargestAbsolute => Reduce(norm.Span, Reduction.MaxAbs, norm.Inner.Span, inner),
            _ => Reduce(norm.Span, Reduction.Norm, norm.Inner.Span, inner),
        };
    }

    /// <summary>A function of the whole tensor, which needs one value an element.</summary>
    private ReduceExpr Reduce(TextSpan span, Reduction reduction, TextSpan argumentSpan, params Expr[] arguments)
    {
        if (_errors.Count == 0 && (_scope.Parameter is null || !_allowReductions))
            _errors.Report(FormulaErrorIds.Shape, span, IsSchedule ? "a schedule has no tensors to reduce; it is a function of the step alone" : "an initial value is computed element by element and cannot reduce a tensor");
        else if (_errors.Count == 0 && Shapes.Largest([.. arguments]) != Shape.PerElement)
            _errors.Report(FormulaErrorIds.Shape, argumentSpan, $"'{Text(argumentSpan)}' is a single number; this function needs a tensor, one value an element");
        return new ReduceExpr(span, reduction, [.. arguments]);
    }

    private string Text(TextSpan span) => _text.Substring(span.Start, span.Length);
}
