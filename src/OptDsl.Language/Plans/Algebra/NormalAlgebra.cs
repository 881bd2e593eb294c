using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// Simplifies while it builds. A value per element is kept as a sum of scalar × core: scalar factors are drawn out of products,
/// quotients, roots and reductions, where they meet other scalars and are computed once a step; terms with the same core merge.
/// </summary>
/// <remarks>
/// What is finite as written stays finite. Products and quotients of two cores keep the order in which they are written, because
/// another order may overflow; scalars meet only where their product fits the narrowest type of elements, and a divisor becomes a
/// factor only where it is certain to have a reciprocal in it.
/// </remarks>
internal sealed class NormalAlgebra : IAlgebra
{
    // Beyond this a power is left to the library.
    private const int LargestExponent = 8;

    // The powers of ten that a float has on either side of 1, but for two.
    private const double Decades = 36;

    // Only what makes a product or a quotient larger leaves it, so that the rest cannot overflow; by no more than this, as the rest
    // is smaller then.
    private const double ProductDecades = 4;

    // A quotient may become smaller by more, as where the correction of an average leaves it: it vanishes beside what it is added to.
    private const double QuotientDecades = 18;

    private readonly ScalarAlgebra _scalars;
    private readonly Ranges _ranges = new();
    private readonly HashSet<Node> _shared = [];
    private readonly NodeTable _table;

    public NormalAlgebra(NodeTable table) => (_table, _scalars) = (table, new ScalarAlgebra(table, _ranges));

    private Node One => _table.Constant(1);

    public void Share(Node node) => _shared.Add(node);

    public Node Apply(Op op, Node operand) => Folding.Fold(op, operand) is { } value ? _table.Constant(value) : op switch
    {
        Op.Negate => Scale(_table.Constant(-1), operand),
        Op.Sqrt => Sqrt(operand),
        Op.Abs => Abs(operand),
        Op.Sign => Sign(operand),
        _ => _table.Apply(op, operand),
    };

    public Node Apply(Op op, Node first, Node second) => Folding.Fold(op, first, second) is { } value ? _table.Constant(value) : op switch
    {
        Op.Add => Add(first, second),
        Op.Subtract => Add(first, Scale(_table.Constant(-1), second)),
        Op.Multiply => Multiply(first, second),
        Op.Divide => Divide(first, second),
        Op.Power => Power(first, second),
        _ => _table.Apply(op, first, second),
    };

    public Node Reduce(Op op, Cardinality cardinality, Node operand)
    {
        var (factor, core) = Split(operand, cardinality);
        return op is Op.MaxAbs or Op.Norm ? _scalars.Multiply(_scalars.Abs(factor), _table.Reduce(op, cardinality, core))
            : core.Op == Op.Multiply ? _scalars.Multiply(factor, Dot(cardinality, core.Operands[0], core.Operands[1]))
            : _scalars.Multiply(factor, _table.Reduce(op, cardinality, core));
    }

    public Node Dot(Cardinality cardinality, Node first, Node second)
    {
        var (firstFactor, firstCore) = Split(first, cardinality);
        var (secondFactor, secondCore) = Split(second, cardinality);
        var dot = firstCore.Id <= secondCore.Id
            ? _table.Reduce(Op.Dot, cardinality, firstCore, secondCore)
            : _table.Reduce(Op.Dot, cardinality, secondCore, firstCore);
        return _scalars.Multiply(_scalars.Multiply(firstFactor, secondFactor), dot);
    }

    public Node Select(Node condition, Node whenTrue, Node whenFalse)
    {
        if (condition.IsConstant)
            return condition.Value != 0 ? whenTrue : whenFalse;
        if (whenTrue == whenFalse)
            return whenTrue;
        return condition.Op == Op.Not
            ? Select(condition.Operands[0], whenFalse, whenTrue)
            : _table.Apply(Op.Select, condition, whenTrue, whenFalse);
    }

    private Node Add(Node left, Node right)
    {
        if (left.IsScalar && right.IsScalar)
            return _scalars.Add(left, right);

        var terms = new List<Term>();
        var offset = _scalars.Add(Collect(left, terms), Collect(right, terms));

        // A scaled or shared sum stays one term unless a term of it merges with another one's: then it is dissolved.
        for (var i = 0; i < terms.Count; i++)
        {
            var (factor, core) = terms[i];
            if (core.Op != Op.Linear || !core.Terms.Any(inner => terms.Any(other => other.Core == inner.Core)) || !CanScale(factor, core))
                continue;
            offset = _scalars.Add(offset, _scalars.Multiply(factor, core.Offset));
            terms.RemoveAt(i);
            terms.InsertRange(i, core.Terms.Select(inner => new Term(_scalars.Multiply(factor, inner.Factor), inner.Core)));
            i = -1;
        }

        return Linear(offset, terms);
    }

    /// <summary>Adds the terms of a value to a list and returns its scalar part.</summary>
    private Node Collect(Node value, List<Term> terms)
    {
        if (value.IsScalar)
            return value;
        if (value.Op == Op.Linear && !(_shared.Contains(value) && value.Operands.Length > 3))
        {
            terms.AddRange(value.Terms);
            return value.Offset;
        }

        terms.Add(new Term(One, value));
        return _table.Constant(0);
    }

    private Node Linear(Node offset, List<Term> terms)
    {
        var merged = new List<Term>();
        foreach (var term in terms)
        {
            var at = merged.FindIndex(other => other.Core == term.Core);
            if (at < 0)
                merged.Add(term);
            else
                merged[at] = new Term(_scalars.Add(merged[at].Factor, term.Factor), term.Core);
        }

        merged.RemoveAll(term => term.Factor.Is(0));
        if (merged.Count == 0)
            return offset;
        return merged.Count == 1 && merged[0].Factor.Is(1) && offset.Is(0) ? merged[0].Core : _table.Linear(offset, merged);
    }

    /// <summary>A value as a scalar factor times the rest; a sum of several terms has the factor 1.</summary>
    private Term Split(Node value)
    {
        if (value.Op == Op.Linear && value.Operands.Length == 3 && value.Offset.Is(0))
            return new Term(value.Operands[1], value.Operands[2]);
        return new Term(One, value);
    }

    /// <summary>
    /// A value as a factor that may leave it times the rest. One that may make it smaller stays: without it the rest could overflow
    /// beside something large, or over something small.
    /// </summary>
    private Term Leave(Node value, double mostDecades)
    {
        var term = value.IsScalar ? new Term(value, One) : Split(value);
        return IsBetween(term.Factor, 0, mostDecades) ? term : new Term(One, value);
    }

    /// <summary>True for a factor that is certainly not 0, and of a size between two powers of ten.</summary>
    private bool IsBetween(Node factor, double least, double most)
    {
        var range = _ranges.Of(factor);
        return range.ExcludesZero && range.Size.Least >= least && range.Size.Most <= most;
    }

    private Node Scale(Node factor, Node value)
    {
        if (value.IsScalar)
            return _scalars.Multiply(factor, value);
        if (factor.Is(0))
            return factor;
        if (factor.Is(-1) && value.Op == Op.Linear && !_shared.Contains(value))
        {
            return Linear(
                _scalars.Negate(value.Offset), [.. value.Terms.Select(term => new Term(_scalars.Negate(term.Factor), term.Core))]);
        }

        var (inner, core) = Split(value);
        return Meet(factor, inner) is { } product
            ? Linear(_table.Constant(0), [new Term(product, core)])
            : Linear(_table.Constant(0), [new Term(factor, value)]);
    }

    /// <summary>The product of two factors of elements, or null where it may be too large or too small though each of them is not.</summary>
    private Node? Meet(Node first, Node second)
    {
        var product = _scalars.Multiply(first, second);
        if (IsSign(first) || IsSign(second))
            return product;
        var (size, ofFirst, ofSecond) = (_ranges.Of(product).Size, _ranges.Of(first).Size, _ranges.Of(second).Size);
        return (size.Most <= Decades || ofFirst.Most <= 0 || ofSecond.Most <= 0)
            && (size.Least >= -Decades || ofFirst.Least >= -ProductDecades || ofSecond.Least >= -ProductDecades)
            ? product
            : null;
    }

    private bool Fits(Node factor) => _ranges.Of(factor).Size.Most <= Decades;

    /// <summary>True where the terms of a sum, scaled, are not too large; one that becomes nothing is nothing beside what it meets.</summary>
    private bool CanScale(Node factor, Node sum) =>
        sum.Terms.Select(term => term.Factor).Append(sum.Offset).All(part => IsSign(factor) || IsSign(part) || Fits(_scalars.Multiply(factor, part)));

    private static bool IsReciprocal(Node value) => value.Op == Op.Divide && value.Operands[0].Is(1);

    private static bool IsSign(Node factor) => factor.Is(1) || factor.Is(-1) || factor.Is(0);

    private Node Multiply(Node left, Node right)
    {
        if (left.IsScalar)
            return Scale(left, right);
        if (right.IsScalar)
            return Scale(right, left);

        if (IsReciprocal(right))
            return Divide(left, right.Operands[1]);
        if (IsReciprocal(left))
            return Divide(right, left.Operands[1]);
        var (leftFactor, leftCore) = Leave(left, ProductDecades);
        var (rightFactor, rightCore) = Leave(right, ProductDecades);
        return Scale(_scalars.Multiply(leftFactor, rightFactor), Product(leftCore, rightCore));
    }

    private Node Product(Node left, Node right)
    {
        if (IsReciprocal(right))
            return Quotient(left, right.Operands[1]);
        if (IsReciprocal(left))
            return Quotient(right, left.Operands[1]);
        return left.Id <= right.Id ? _table.Apply(Op.Multiply, left, right) : _table.Apply(Op.Multiply, right, left);
    }

    private Node Divide(Node left, Node right)
    {
        if (left.IsScalar && right.IsScalar)
            return _scalars.Divide(left, right);
        if (right.IsScalar)
            return _ranges.Of(right).Size.IsWithin(Decades) && !right.Is(0) ? Scale(_scalars.Reciprocal(right), left) : _table.Apply(Op.Divide, left, right);

        // A factor leaves the divisor where it certainly has a reciprocal that elements can be multiplied by.
        var (divisorFactor, divisor) = Split(right);
        if (!IsBetween(divisorFactor, -QuotientDecades, 0))
            (divisorFactor, divisor) = (One, right);
        var (factor, dividend) = Leave(left, QuotientDecades);
        return Meet(factor, _scalars.Reciprocal(divisorFactor)) is { } quotient
            ? Scale(quotient, Quotient(dividend, divisor))
            : Scale(factor, Scale(_scalars.Reciprocal(divisorFactor), Quotient(dividend, divisor)));
    }

    private Node Quotient(Node dividend, Node divisor) =>
        !IsReciprocal(divisor) ? _table.Apply(Op.Divide, dividend, divisor)
        : dividend.Is(1) ? divisor.Operands[1]
        : dividend.IsScalar ? Scale(dividend, divisor.Operands[1])
        : Product(dividend, divisor.Operands[1]);

    private Node Sqrt(Node value)
    {
        if (value.IsScalar)
            return _scalars.Sqrt(value);
        var (factor, core) = Split(value);
        var range = _ranges.Of(factor);

        // A factor of 0 makes a negative value a root that exists.
        if (!range.IsNonNegative || !(IsNonNegative(core) ? range.Size.Most <= Decades : range.ExcludesZero && range.Size.IsWithin(Decades)))
            return _table.Apply(Op.Sqrt, value);
        var root = core.Op == Op.Multiply && core.Operands[0] == core.Operands[1]
            ? Abs(core.Operands[0])
            : _table.Apply(Op.Sqrt, core);
        return Scale(_scalars.Sqrt(factor), root);
    }

    /// <summary>True for values per element that are certainly not negative.</summary>
    private bool IsNonNegative(Node value) => value.Op switch
    {
        Op.Abs or Op.Sqrt or Op.Exp or Op.Sigmoid => true,
        Op.Multiply => value.Operands[0] == value.Operands[1],
        Op.Linear => _ranges.Of(value.Offset).IsNonNegative && value.Terms.All(term => _ranges.Of(term.Factor).IsNonNegative && IsNonNegative(term.Core)),
        _ => value.Op.IsCondition(),
    };

    private Node Abs(Node value)
    {
        if (value.IsScalar)
            return _scalars.Abs(value);
        var (factor, core) = Split(value);
        return Scale(_scalars.Abs(factor), core.Op is Op.Abs or Op.Sqrt ? core : _table.Apply(Op.Abs, core));
    }

    private Node Sign(Node value)
    {
        if (value.IsScalar)
            return _table.Apply(Op.Sign, value);
        var (factor, core) = Split(value);
        var range = _ranges.Of(factor);
        if (!range.Size.IsWithin(Decades))
            return _table.Apply(Op.Sign, value);
        if (range.IsPositive)
            return core.Op == Op.Sign ? core : _table.Apply(Op.Sign, core);
        return range.Max <= 0 && range.ExcludesZero
            ? Scale(_table.Constant(-1), _table.Apply(Op.Sign, core))
            : _table.Apply(Op.Sign, value);
    }

    private Node Power(Node value, Node exponent)
    {
        if (value.IsScalar && exponent.IsScalar)
            return _scalars.Power(value, exponent);
        if (!exponent.IsConstant)
            return _table.Apply(Op.Power, value, exponent);
        switch (exponent.Value)
        {
            case 0:
                return One;
            case 0.5:
                return Sqrt(value);
            case -0.5:
                return Divide(One, Sqrt(value));
            case var n when n == Math.Floor(n) && Math.Abs(n) <= LargestExponent:
                var power = PositivePower(value, (int)Math.Abs(n));
                return n > 0 ? power : Divide(One, power);
            default:
                return _table.Apply(Op.Power, value, exponent);
        }
    }

    private Node PositivePower(Node value, int exponent)
    {
        if (exponent == 1)
            return value;
        var half = PositivePower(value, exponent / 2);
        var even = Multiply(half, half);
        return exponent % 2 == 0 ? even : Multiply(even, value);
    }

    /// <summary>A value as a factor, the same for all that is reduced, times the rest.</summary>
    private Term Split(Node value, Cardinality cardinality) => Split(value) is { Factor: var factor } term && factor.Cardinality <= cardinality ? term : new Term(One, value);
}
