using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>
/// Bounds quotients whose divisor is made of the dividend: <c>g/√v</c> with <c>v = βv + (1-β)g²</c> is at most <c>1/√(1-β)</c>, however large the
/// gradient.
/// </summary>
/// <param name="bound">The bounds of the values of this step.</param>
internal sealed class Shares(Func<Expr, Form?> bound)
{
    /// <summary>Room for the roundings on the way to the divisor.</summary>
    private const double Slack = 1.001;

    /// <summary>All that the quotient can be, if the divisor has a share of the dividend.</summary>
    public Interval? Quotient(BinaryExpr quotient)
    {
        var (factor, dividend) = Split(quotient.Left);
        var share = Of(quotient.Right, dividend, 1);
        return share > 0 && bound(dividend) is { } value ? factor * (value.Range.Low >= 0 ? new Interval(0, Slack / share) : Interval.Around(Slack / share)) : null;
    }

    /// <summary>The same of a quotient times what its divisor is made of, as <c>α/max(1, rms(u)) · u</c>.</summary>
    public Interval? Product(BinaryExpr product) => Product(product.Left, product.Right) ?? Product(product.Right, product.Left);

    private Interval? Product(Expr scale, Expr value) =>
        scale is BinaryExpr { Operator: Op.Divide } quotient && value.Cardinality == Cardinality.PerElement && bound(quotient.Left) is { } dividend && Of(quotient.Right, value, 1) is > 0 and var share
            ? dividend.Range * Interval.Around(Slack / share)
            : null;

    /// <summary>
    /// What goes towards another value by a part of that, as <c>v - c sign(v - x)x</c> with c of at most 1: above x it loses no more than it has,
    /// and below it comes to no more than x and the part. Rounding to nearest keeps the first.
    /// </summary>
    public Interval? Approach(BinaryExpr difference)
    {
        var factors = Factors(difference.Right).ToArray();
        var sign = factors.OfType<CallExpr>().FirstOrDefault(factor => factor.Function == Op.Sign);
        if (sign?.Arguments[0] is not BinaryExpr { Operator: Op.Subtract } distance || ExpressionKey.ThroughLocals.Of(distance.Left) != ExpressionKey.ThroughLocals.Of(difference.Left)
            || factors.FirstOrDefault(factor => ExpressionKey.ThroughLocals.Of(factor) == ExpressionKey.ThroughLocals.Of(distance.Right)) is not { } goal)
            return null;
        var part = factors.Where(factor => factor != sign && factor != goal).Aggregate(Interval.One, (product, factor) => product * (bound(factor)?.Range ?? Interval.Around(double.PositiveInfinity)));
        return part is { Low: >= 0, High: <= 1 } && bound(difference.Left) is { Range: { Low: >= 0 } start } && bound(goal) is { Range: { Low: >= 0 } end }
            ? new(0, Math.Max(start.High, 2 * Slack * end.High))
            : null;
    }

    private static IEnumerable<Expr> Factors(Expr product) => product is BinaryExpr { Operator: Op.Multiply } both ? Factors(both.Left).Concat(Factors(both.Right)) : [product];

    /// <summary>A factor of one value a step, and the rest.</summary>
    private (Interval Factor, Expr Scaled) Split(Expr product) => product is BinaryExpr { Operator: Op.Multiply, Left.Cardinality: Cardinality.PerStep, Right.Cardinality: not Cardinality.PerStep } scaled && bound(scaled.Left) is { } factor
        ? (factor.Range, scaled.Right)
        : (Interval.One, product);

    /// <summary>The largest w known with value ≥ w·|part|^power, in every element; 0 where none is.</summary>
    private double Of(Expr value, Expr part, int power)
    {
        if (power == 1 && ExpressionKey.ThroughLocals.Of(value) == ExpressionKey.ThroughLocals.Of(part))
            return IsPositive(value) ? 1 : 0;
        return value switch
        {
            DefinedExpr defined => Of(defined.Definition.Value, part, power),
            CallExpr { Function: Op.Abs } magnitude when power == 1 && ExpressionKey.ThroughLocals.Of(magnitude.Arguments[0]) == ExpressionKey.ThroughLocals.Of(part) => 1,
            CallExpr { Function: Op.Sqrt } root when power == 1 => Math.Sqrt(Of(root.Arguments[0], part, 2)),
            CallExpr { Function: Op.Max } largest => largest.Arguments.Max(argument => Of(argument, part, power)),
            ReduceExpr { Reduction: Op.Norm } norm when power == 1 && ExpressionKey.ThroughLocals.Of(norm.Arguments[0]) == ExpressionKey.ThroughLocals.Of(part) => 1,
            BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square when power == 2 => Squared(square.Left, part),
            BinaryExpr { Operator: Op.Multiply } square when power == 2 && ExpressionKey.ThroughLocals.Of(square.Left) == ExpressionKey.ThroughLocals.Of(square.Right) => Squared(square.Left, part),
            BinaryExpr { Operator: Op.Add } sum when IsPositive(sum.Left) && IsPositive(sum.Right) => Math.Max(Of(sum.Left, part, power), Of(sum.Right, part, power)),
            BinaryExpr { Operator: Op.Multiply } product when IsPositive(product.Left) && IsPositive(product.Right) => Math.Max(Low(product.Left) * Of(product.Right, part, power), Low(product.Right) * Of(product.Left, part, power)),
            BinaryExpr { Operator: Op.Divide } quotient when IsPositive(quotient.Right) && bound(quotient.Right) is { } divisor && divisor.Range.High > 0 => Of(quotient.Left, part, power) / divisor.Range.High,
            ConditionalExpr choice => Math.Min(Of(choice.WhenTrue, part, power), Of(choice.WhenFalse, part, power)),
            _ => 0,
        };
    }

    private double Squared(Expr value, Expr part) => ExpressionKey.ThroughLocals.Of(value) == ExpressionKey.ThroughLocals.Of(part) ? 1 : Math.Pow(Of(value, part, 1), 2);

    private bool IsPositive(Expr value) => Low(value) >= 0;

    private double Low(Expr value) => bound(value) is { } form ? form.Range.Low : double.NegativeInfinity;
}
