using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// The values that a scalar can have, other than NaN, as it is computed: of a hyper-parameter those that its declared bounds allow,
/// which every step verifies; of all else what follows from them, roundings included.
/// </summary>
/// <param name="Min">The least value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="NonZero">True where it is certainly not 0.</param>
/// <param name="Size">How large it can be.</param>
internal readonly record struct Range(double Min, double Max, bool NonZero, Size Size)
{
    // Sums in any order and powers are off by less than this, relative to their terms.
    private const double Rounding = 1e-12;

    // Beyond this a product of doubles may be 0, or infinite.
    private const double Decades = 290;

    public static Range All { get; } = new(double.NegativeInfinity, double.PositiveInfinity, false, Size.Unknown);

    public bool IsNonNegative => Min >= 0;

    public bool IsPositive => Min >= 0 && ExcludesZero;

    public bool ExcludesZero => NonZero || Min > 0 || Max < 0;

    /// <summary>The values of a node, given those of its operands.</summary>
    public static Range Of(Node node, Func<Node, Range> of)
    {
        var size = Size.Of(node, of);
        var values = Values(node, of, size);
        return values with { Size = size.AtMost(Math.Max(Math.Abs(values.Min), Math.Abs(values.Max))) };
    }

    public Range Negate() => new(-Max, -Min, NonZero, Size);

    public static Range Multiply(Range left, Range right)
    {
        double[] corners =
        [
            Times(left.Min, right.Min), Times(left.Min, right.Max), Times(left.Max, right.Min), Times(left.Max, right.Max),
        ];
        var size = left.Size.Times(right.Size);
        return new Range(corners.Min(), corners.Max(), left.ExcludesZero && right.ExcludesZero && size.Least > -Decades, size);
    }

    private static Range Values(Node node, Func<Node, Range> of, Size size) => node.Op switch
    {
        Op.Constant => new Range(node.Value, node.Value, node.Value != 0, size),
        Op.Hyper => OfHyper(((HyperSymbol)node.Symbol!).Source),
        Op.Step => new Range(1, double.PositiveInfinity, true, size),
        Op.Count => NonNegative(false),
        Op.Linear => Sum([of(node.Offset), .. node.Terms.Select(term => Multiply(of(term.Factor), of(term.Core)))]),
        Op.Add => Sum([of(node.Operands[0]), of(node.Operands[1])]),
        Op.Subtract => Sum([of(node.Operands[0]), of(node.Operands[1]).Negate()]),
        Op.Product => OfProduct(node, of),
        Op.Multiply => Multiply(of(node.Operands[0]), of(node.Operands[1])),
        Op.Divide => Multiply(of(node.Operands[0]), OfPower(of(node.Operands[1]), -2)),
        Op.Negate => of(node.Operands[0]).Negate(),
        Op.Power => OfPower(of(node.Operands[0]), of(node.Operands[1])),
        Op.Sqrt or Op.Abs => NonNegative(of(node.Operands[0]).ExcludesZero),
        Op.Dot when node.Operands[0] == node.Operands[1] => NonNegative(false),
        Op.Exp => NonNegative(size.Least > -Decades),
        Op.Min => Min2(of(node.Operands[0]), of(node.Operands[1])),
        Op.Max => Max2(of(node.Operands[0]), of(node.Operands[1])),
        Op.Select => Union(of(node.Operands[1]), of(node.Operands[2])),
        _ => OfOperation(node.Op),
    };

    /// <summary>The values of an operation, whatever its operands are.</summary>
    private static Range OfOperation(Op op) => new(OperationTable.Of(op).Least, OperationTable.Of(op).Largest, false, Size.Unknown);

    private static Range NonNegative(bool nonZero) => new(0, double.PositiveInfinity, nonZero, Size.Unknown);

    private static Range OfHyper(HyperSource hyper) =>
        hyper.Type == HyperType.Boolean ? new Range(0, 1, false, Size.One) : new Range(hyper.Min, hyper.Max, false, Size.Unknown);

    private static Range OfProduct(Node node, Func<Node, Range> of)
    {
        var range = new Range(node.Value, node.Value, true, new Size(Math.Log10(Math.Abs(node.Value)), Math.Log10(Math.Abs(node.Value))));
        for (var i = 0; i < node.Operands.Length; i++)
            range = Multiply(range, OfPower(of(node.Operands[i]), node.Halves[i]));
        return range;
    }

    /// <summary>A power by halves; a divisor that is 0 makes an infinite value, which is not 0.</summary>
    private static Range OfPower(Range value, int halves)
    {
        var size = value.Size.Power(halves / 2.0);
        if (halves == 2)
            return value;
        var nonZero = (halves < 0 || value.ExcludesZero) && size.Least > -Decades;
        var (min, max) = (double.NegativeInfinity, double.PositiveInfinity);
        if (value.IsNonNegative)
            (min, max) = (halves < 0 && value.Max <= 1 ? 1 - Rounding : 0, halves > 0 && value.Max <= 1 ? 1 : max);
        else if (halves % 2 != 0 || halves % 4 == 0)
            min = 0;
        else if (value.Max <= 0)
            max = 0;
        return new Range(min, max, nonZero, size);
    }

    private static Range OfPower(Range value, Range exponent)
    {
        if (!value.IsNonNegative)
            return All;
        var max = value.Max <= 1 && exponent.Min >= 0 ? exponent.Min >= 1 ? value.Max : 1 : double.PositiveInfinity;
        return new Range(0, max, false, Size.Unknown);
    }

    /// <summary>
    /// Two terms are added with one rounding, which keeps their order; more of them in whatever order, with roundings that matter
    /// where they cancel.
    /// </summary>
    private static Range Sum(Range[] parts)
    {
        var there = parts.Where(part => part.Min != 0 || part.Max != 0).ToList();
        var (min, max) = (there.Sum(part => part.Min), there.Sum(part => part.Max));
        if (there.Count > 2)
            (min, max) = (min - (Rounding * there.Sum(part => Math.Abs(part.Min))), max + (Rounding * there.Sum(part => Math.Abs(part.Max))));
        var isNonNegative = there.All(part => part.IsNonNegative);
        if (isNonNegative)
            min = Math.Max(min, 0);
        return new Range(
            double.IsNaN(min) ? double.NegativeInfinity : min, double.IsNaN(max) ? double.PositiveInfinity : max,
            isNonNegative && there.Exists(part => part.IsPositive), Size.Unknown);
    }

    private static double Times(double left, double right) => left == 0 || right == 0 ? 0 : left * right;

    private static Range Min2(Range left, Range right) =>
        new(Math.Min(left.Min, right.Min), Math.Min(left.Max, right.Max), left.IsPositive && right.IsPositive, Size.Unknown);

    private static Range Max2(Range left, Range right) =>
        new(Math.Max(left.Min, right.Min), Math.Max(left.Max, right.Max), left.IsPositive || right.IsPositive, Size.Unknown);

    private static Range Union(Range left, Range right) =>
        new(Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max), left.ExcludesZero && right.ExcludesZero, Size.Unknown);
}
