using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that walks expressions.</summary>
internal sealed partial class Binder
{
    private Expr Bind(ExprSyntax syntax) => syntax switch
    {
        NumberSyntax number => new NumberExpr(number.Span, number.Value),
        NablaSyntax nabla => BindGradient(nabla),
        GroupSyntax group => Bind(group.Inner) with { Span = group.Span },
        UnarySyntax unary => new UnaryExpr(unary.Span, unary.Operator, Bind(unary.Operand)),
        BinarySyntax { Operator: Op.Divide } quotient => BindQuotient(quotient),
        BinarySyntax { Operator: Op.Multiply or Op.MatrixProduct } product => BindFactors(product).Value with { Span = product.Span },
        BinarySyntax binary => StepCount.Fold(Elementwise(binary.Span, binary.Operator, Bind(binary.Left), Bind(binary.Right))),
        TransposeSyntax transpose => BindTranspose(transpose),
        ConditionalSyntax conditional => Choose(
            conditional.Span, Bind(conditional.Condition), Bind(conditional.WhenTrue), Bind(conditional.WhenFalse)),
        AbsoluteSyntax absolute => new CallExpr(absolute.Span, Op.Abs, [Bind(absolute.Inner)]),
        NormSyntax norm => BindNorm(norm, Domain.Tensor(norm.Span)),
        NameSyntax name => BindName(name),
        HelperCallSyntax call => BindHelper(call),
        CallSyntax { Function: Functions.Group } call => BindGroup(call),
        CallSyntax call => BindCall(call, Domain.Tensor(call.Span)),
        ProductSyntax product => BindFactors(product).Value with { Span = product.Span },
        PowerSyntax power => BindPower(power),
        RootSyntax root => BindRoot(root),
        _ => new NumberExpr(syntax.Span, 0),
    };

    /// <summary>The caller's gradient, which is that at the parameter before the step: behind the parameter's assignment its point is another.</summary>
    private GradientExpr BindGradient(NablaSyntax nabla)
    {
        var isNew = nabla.HasPoint && _scope.Parameter is { } parameter && !(_assignments.Latest(parameter) is null && _assignments.PartialOf(parameter) is null)
            && (nabla.PointTime is not { } time || time >= _times.NewIndexOf(parameter.Name)) && (nabla.PointTime is not null || !_times.HasNewIndex(parameter.Name));
        if (isNew)
        {
            _errors.Syntax(
                nabla.Span,
                $"'{Text(nabla.Span)}' stands behind the assignment of '{_scope.Parameter!.Name}', and is the gradient at its new value; the caller computed the one at the value before, so put the statement before that assignment, or write '{_scope.Gradient}' if that gradient is meant");
        }

        return new GradientExpr(nabla.Span);
    }

    private Expr BindRoot(RootSyntax root)
    {
        var span = root.Span;
        var operand = Bind(root.Operand);
        var degree = root.Degree is null ? new NumberExpr(span, 2) : Bind(root.Degree);
        ReportSquare(span, operand, root.Operand.Span, root.Degree switch { null => "1/2", NumberSyntax number => FormattableString.Invariant($"1/{number.Value}"), _ => $"1/{Text(root.Degree.Span)}" });
        if (root.Degree is null)
            ReportSelfProduct(root.Operand, operand);
        return degree switch
        {
            NumberExpr { Value: 2 } => new CallExpr(span, Op.Sqrt, [operand]),
            NumberExpr { Value: 3 } => new CallExpr(span, Op.Cbrt, [operand]),
            _ => new BinaryExpr(span, Op.Power, operand, new BinaryExpr(degree.Span, Op.Divide, new NumberExpr(degree.Span, 1), degree)),
        };
    }

    /// <summary><c>a / bc</c> has two readings, and people mean either.</summary>
    private BinaryExpr BindQuotient(BinarySyntax quotient)
    {
        var left = Bind(quotient.Left);
        var divisor = quotient.Right is UnarySyntax { Operator: Op.Negate } negated ? negated.Operand : quotient.Right;
        if (divisor is ProductSyntax product && product.Span.Start >= quotient.Left.Span.End)
            ReportQuotient(quotient, product.Span, product.Factors[0].Span);
        var right = Bind(quotient.Right);
        ReportProjection(quotient, left, right);
        if (right.Cardinality.IsSquare() && left.Cardinality.IsSingle())
            ReportSquare(quotient.Span, right, quotient.Right.Span, "-1", $"{Text(quotient.Left.Span)}·");
        return Elementwise(quotient.Span, Op.Divide, left, right);
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

    private Expr BindNorm(NormSyntax norm, Domain domain)
    {
        var (inner, place) = (Bind(norm.Inner), norm.Inner.Span);
        return norm.Kind switch
        {
            NormKind.SumOfAbsolutes => Reduce(domain, Op.Sum, place, new CallExpr(place, Op.Abs, [inner])),
            NormKind.LargestAbsolute => Reduce(domain, Op.MaxAbs, place, inner),
            NormKind.NonZeros => Reduce(domain, Op.Sum, place, new BinaryExpr(place, Op.NotEqual, inner, new NumberExpr(place, 0))),
            NormKind.Powers => PowerNorm(inner, Bind(norm.Order!), place, domain),
            _ => Reduce(domain, Op.Norm, place, inner),
        };
    }

    /// <summary>The root of a sum of powers, each of the part that an element is of the largest, so that none overflows or vanishes.</summary>
    private ConditionalExpr PowerNorm(Expr inner, Expr order, TextSpan place, Domain domain)
    {
        if (order.Cardinality != Cardinality.PerStep)
            _errors.Report(FormulaErrorIds.Shape, order.Span, $"'{Text(order.Span)}' marks the norm and must be a number or a hyper-parameter");
        var span = domain.Span;
        var largest = new DefinedExpr(span, Define(new Assignment(new LocalSymbol(LargestName), Reduce(domain, Op.MaxAbs, place, inner), place, span)));
        var part = new BinaryExpr(place, Op.Divide, new CallExpr(place, Op.Abs, [inner]), largest);
        var sum = Reduce(domain, Op.Sum, place, new BinaryExpr(place, Op.Power, part, order));
        var root = new BinaryExpr(span, Op.Power, sum, new BinaryExpr(span, Op.Divide, new NumberExpr(span, 1), order));
        return new ConditionalExpr(span, new BinaryExpr(span, Op.Greater, largest, new NumberExpr(span, 0)), new BinaryExpr(span, Op.Multiply, largest, root), new NumberExpr(span, 0));
    }

    private const string LargestName = "largest";

    /// <summary>A function of the whole tensor, or of all tensors of the group, which needs one value an element.</summary>
    private ReduceExpr Reduce(Domain domain, Op reduction, TextSpan argumentSpan, params Expr[] arguments)
    {
        if (_errors.Count == 0 && (_scope.Parameter is null || !AllowsReductions))
            _errors.Report(FormulaErrorIds.Shape, domain.Span, IsSchedule ? "a schedule has no tensors to reduce; it is a function of the step alone" : "an initial value is computed element by element and cannot reduce a tensor");
        else if (_errors.Count == 0 && Cardinalities.Largest([.. arguments]).IsSingle())
            _errors.Report(FormulaErrorIds.Shape, argumentSpan, $"'{Text(argumentSpan)}' is a single number; this function needs a tensor, one value an element");
        if (arguments.Length > 1)
            Meet(domain.Span, arguments[0], arguments[1]);
        return new ReduceExpr(domain.Span, reduction, [.. arguments], domain.IsGroup);
    }

    private string Text(TextSpan span) => span.Length > 0 ? _text.Substring(span.Start, span.Length) : "";
}
