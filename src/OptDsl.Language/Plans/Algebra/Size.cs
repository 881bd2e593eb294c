using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// How large a scalar can be, in powers of ten: where it is neither 0 nor infinite, its magnitude is between the two. What is not
/// known, or becomes smaller than anything from step to step, is infinite.
/// </summary>
/// <remarks>
/// Where no bound is declared above, a usual one is taken, since any value at all would forbid every product; below, only declared
/// bounds count. Powers with the step and exponentials leave every range as training goes on.
/// </remarks>
internal readonly record struct Size(double Least, double Most)
{
    // Twice the spacing of doubles below 1: what is left where two values cancel is a multiple of the smaller one's.
    private const double Cancellation = 16.3;

    // The most of what has no declared bound: hyper-parameters, steps, elements of a tensor, sums over tensors.
    private const double UsualHyper = 6, SmallestDouble = -324, LargestStep = 16, LargestCount = 12, LargestElement = 38;

    public static Size Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Of what is 1, 0 or -1.</summary>
    public static Size One { get; } = new(0, 0);

    /// <summary>Of 0, which has none.</summary>
    private static Size Nothing { get; } = new(double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>True where the magnitude stays within as many powers of ten, above and below 1.</summary>
    public bool IsWithin(double decades) => Least >= -decades && Most <= decades;

    /// <summary>The size of a node, given the ranges of its operands.</summary>
    public static Size Of(Node node, Func<Node, Range> of) => node.Op switch
    {
        Op.Constant => OfNumber(node.Value),
        Op.Hyper => OfHyper(((HyperSymbol)node.Symbol!).Source),
        Op.Step => new Size(0, LargestStep),
        Op.Count => new Size(0, LargestCount),
        Op.MaxAbs => new Size(double.NegativeInfinity, LargestElement),
        Op.Norm => new Size(double.NegativeInfinity, LargestElement + (LargestCount / 2)),
        Op.Sum => new Size(double.NegativeInfinity, LargestElement + LargestCount),
        Op.Old or Op.Dot => new Size(double.NegativeInfinity, (2 * LargestElement) + LargestCount),
        Op.Linear => OfSum([of(node.Offset), .. node.Terms.Select(term => Range.Multiply(of(term.Factor), of(term.Core)))]),
        Op.Add or Op.Subtract => OfSum([of(node.Operands[0]), node.Op == Op.Add ? of(node.Operands[1]) : of(node.Operands[1]).Negate()]),
        Op.Product => node.Operands.Select((operand, i) => of(operand).Size.Power(node.Halves[i] / 2.0)).Aggregate(OfNumber(node.Value), (size, power) => size.Times(power)),
        Op.Multiply => of(node.Operands[0]).Size.Times(of(node.Operands[1]).Size),
        Op.Divide => of(node.Operands[0]).Size.Times(of(node.Operands[1]).Size.Power(-1)),
        Op.Negate or Op.Abs => of(node.Operands[0]).Size,
        Op.Sqrt => of(node.Operands[0]).Size.Power(0.5),
        Op.Cbrt => of(node.Operands[0]).Size.Power(1.0 / 3),
        Op.Power => OfPower(node, of),
        Op.Exp => OfExponential(of(node.Operands[0])),
        Op.Sin or Op.Cos or Op.Tanh or Op.Sigmoid or Op.Atan2 => Unknown with { Most = 1 },
        Op.Floor => new Size(0, of(node.Operands[0]).Size.Most),
        Op.Sign => One,
        Op.Min or Op.Max => of(node.Operands[0]).Size.Or(of(node.Operands[1]).Size),
        Op.Select => of(node.Operands[1]).Size.Or(of(node.Operands[2]).Size),
        _ when node.Op.IsCondition() => One,
        _ => Unknown,
    };

    public Size Times(Size other) => new(Sum(Least, other.Least, double.NegativeInfinity), Sum(Most, other.Most, double.PositiveInfinity));

    public Size Power(double exponent) => exponent >= 0 ? new Size(exponent * Least, exponent * Most) : new Size(exponent * Most, exponent * Least);

    /// <summary>The same of what is at most so large.</summary>
    public Size AtMost(double magnitude) => magnitude == 0 ? this : this with { Most = Math.Min(Most, Math.Log10(magnitude)) };

    private Size Or(Size other) => new(Math.Min(Least, other.Least), Math.Max(Most, other.Most));

    private static Size OfNumber(double value) =>
        value == 0 ? Nothing
        : double.IsNaN(value) || double.IsInfinity(value) ? Unknown
        : new Size(Math.Log10(Math.Abs(value)), Math.Log10(Math.Abs(value)));

    private static Size OfHyper(HyperSource hyper)
    {
        if (hyper.Type == HyperType.Boolean)
            return One;
        var least = hyper.Min > 0 ? Math.Log10(hyper.Min) : hyper.Max < 0 ? Math.Log10(-hyper.Max) : SmallestDouble;
        var bound = Math.Max(Math.Abs(hyper.Min), Math.Abs(hyper.Max));
        return new Size(least, double.IsInfinity(bound) ? Math.Max(UsualHyper, least) : Math.Log10(bound));
    }

    private static Size OfSum(IReadOnlyList<Range> parts)
    {
        var there = parts.Where(part => part.Size != Nothing).ToList();
        if (there.Count < 2)
            return there.Count == 0 ? Nothing : there[0].Size;
        var most = there.Max(part => part.Size.Most) + Math.Log10(there.Count);

        // What is certainly there bounds the sum, whatever the others are; where all have one sign, nothing cancels.
        var certain = there.Where(part => part.ExcludesZero).ToList();
        var least = certain.Count > 0 ? certain.Max(part => part.Size.Least) : there.Min(part => part.Size.Least);
        return there.All(part => part.IsNonNegative) || there.All(part => part.Negate().IsNonNegative)
            ? new Size(least, most)
            : new Size(least - (Cancellation * (there.Count - 1)), most);
    }

    private static Size OfPower(Node node, Func<Node, Range> of)
    {
        var (value, exponent) = (of(node.Operands[0]), of(node.Operands[1]));
        if (node.Operands[1].IsConstant)
            return value.Size.Power(node.Operands[1].Value);
        return Unknown with { Most = value.IsNonNegative && value.Max <= 1 && exponent.IsNonNegative ? 0 : double.PositiveInfinity };
    }

    private static Size OfExponential(Range exponent)
    {
        const double decades = 0.4342944819032518;
        return new Size(exponent.Min * decades, exponent.Max * decades);
    }

    // 0 has no size, and a product with it has none either.
    private static double Sum(double left, double right, double unknown) =>
        double.IsInfinity(left) && double.IsInfinity(right) && left != right ? unknown : left + right;
}
