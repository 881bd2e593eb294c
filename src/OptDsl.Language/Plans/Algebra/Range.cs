using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// The values that a scalar can have. A hyper-parameter without declared bounds is taken to keep to the side of 0, and of 1,
/// that its default is on; a divisor is taken not to be 0, since the formula as written would be meaningless there too.
/// </summary>
internal readonly record struct Range(double Min, double Max, bool NonZero)
{
    public static Range All { get; } = new(double.NegativeInfinity, double.PositiveInfinity, false);

    public bool IsNonNegative => Min >= 0;

    public bool IsPositive => Min > 0 || (Min >= 0 && NonZero);

    public bool ExcludesZero => NonZero || Min > 0 || Max < 0;

    /// <summary>The values of a node, given those of its operands.</summary>
    public static Range Of(Node node, Func<Node, Range> of) => node.Op switch
    {
        Op.Constant => new Range(node.Value, node.Value, node.Value != 0),
        Op.Hyper => OfHyper(((HyperSymbol)node.Symbol!).Source),
        Op.Step => new Range(1, double.PositiveInfinity, true),
        Op.Count => new Range(0, double.PositiveInfinity, false),
        Op.Linear => node.Terms.Aggregate(of(node.Offset), (sum, term) => Add(sum, Multiply(of(term.Factor), of(term.Core)))),
        Op.Product => OfProduct(node, of),
        Op.Power => OfPower(of(node.Operands[0]), of(node.Operands[1])),
        Op.Dot => node.Operands[0] == node.Operands[1] ? new Range(0, double.PositiveInfinity, false) : All,
        Op.Exp => new Range(0, double.PositiveInfinity, true),
        Op.Sigmoid => OfOperation(node.Op) with { NonZero = true },
        Op.Min => Min2(of(node.Operands[0]), of(node.Operands[1])),
        Op.Max => Max2(of(node.Operands[0]), of(node.Operands[1])),
        Op.Select => Union(of(node.Operands[1]), of(node.Operands[2])),
        _ => OfOperation(node.Op),
    };

    /// <summary>The values of an operation, whatever its operands are.</summary>
    private static Range OfOperation(Op op) => new(OperationTable.Of(op).Least, OperationTable.Of(op).Largest, false);

    private static Range OfHyper(HyperSource hyper)
    {
        if (hyper.Type == HyperType.Boolean)
            return new Range(0, 1, false);
        var (min, max) = (hyper.Min, hyper.Max);
        if (double.IsNegativeInfinity(min) && hyper.Default >= 0)
            min = 0;
        if (double.IsPositiveInfinity(max) && hyper.Default < 1)
            max = 1;
        return new Range(min, max, false);
    }

    private static Range OfProduct(Node node, Func<Node, Range> of)
    {
        var range = new Range(node.Value, node.Value, true);
        for (var i = 0; i < node.Operands.Length; i++)
            range = Multiply(range, OfPower(of(node.Operands[i]), node.Halves[i]));
        return range;
    }

    private static Range OfPower(Range value, int halves)
    {
        if (halves == 2)
            return value;
        var nonZero = halves < 0 || value.ExcludesZero;
        if (value.IsNonNegative && value.Max <= 1 && halves > 0)
            return new Range(0, 1, nonZero);
        if (value.IsNonNegative || halves % 2 != 0 || halves % 4 == 0)
            return new Range(0, double.PositiveInfinity, nonZero);
        return value.Max <= 0 ? new Range(double.NegativeInfinity, 0, nonZero) : All with { NonZero = nonZero };
    }

    private static Range OfPower(Range value, Range exponent)
    {
        if (!value.IsNonNegative)
            return All;
        return value.Max <= 1 && exponent.Min >= 0
            ? new Range(0, 1, value.ExcludesZero)
            : new Range(0, double.PositiveInfinity, value.ExcludesZero);
    }

    private static Range Add(Range left, Range right) => new(left.Min + right.Min, left.Max + right.Max, false);

    private static Range Multiply(Range left, Range right)
    {
        double[] corners =
        [
            Times(left.Min, right.Min), Times(left.Min, right.Max), Times(left.Max, right.Min), Times(left.Max, right.Max),
        ];
        return new Range(corners.Min(), corners.Max(), left.ExcludesZero && right.ExcludesZero);
    }

    private static double Times(double left, double right) => left == 0 || right == 0 ? 0 : left * right;

    private static Range Min2(Range left, Range right) =>
        new(Math.Min(left.Min, right.Min), Math.Min(left.Max, right.Max), left.IsPositive && right.IsPositive);

    private static Range Max2(Range left, Range right) =>
        new(Math.Max(left.Min, right.Min), Math.Max(left.Max, right.Max), left.IsPositive || right.IsPositive);

    private static Range Union(Range left, Range right) =>
        new(Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max), left.ExcludesZero && right.ExcludesZero);
}
