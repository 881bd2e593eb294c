using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// Scalars in normal form: sums of constants times terms, products of powers. They are evaluated in double once a step or a
/// tensor, so that what is gained here is what elements no longer have to do.
/// </summary>
/// <remarks>
/// A normal form is computed in another order than what was written. What may leave the range of doubles on the way, as a decay to
/// the power of the step does, stays as it was written.
/// </remarks>
internal sealed class ScalarAlgebra(NodeTable table, Ranges ranges)
{
    // Beyond this a power is left to the library.
    private const int LargestExponent = 16;

    // Beyond this a product of powers stays a product of products, which has no such exponents.
    private const int LargestHalves = 64;

    // The powers of ten that a double has on either side of 1, but for some.
    private const double Decades = 280;

    /// <summary>
    /// A sum within a sum is dissolved only where a part of it meets its like, or where its terms are added in the same order then:
    /// in another one, what is left of terms that cancel is lost beside a third.
    /// </summary>
    public Node Add(Node left, Node right)
    {
        var parts = new List<Term>();
        Dissolve(left, 1, parts);
        Dissolve(right, 1, parts);
        if (!IsInOrder(left, right) && !MeetExactly(parts))
            parts = [AsTerm(left), AsTerm(right)];

        var (offset, merged, order) = (0.0, new Dictionary<Node, double>(), new List<Node>());
        foreach (var (factor, core) in parts)
        {
            if (core.IsConstant)
            {
                offset += factor.Value * core.Value;
                continue;
            }

            if (!merged.ContainsKey(core))
                order.Add(core);
            merged[core] = (merged.TryGetValue(core, out var others) ? others : 0) + factor.Value;
        }

        var kept = order.Where(core => merged[core] != 0).ToList();
        if (kept.Count == 0)
            return table.Constant(offset);
        if (kept.Count == 1 && offset == 0)
            return Multiply(table.Constant(merged[kept[0]]), kept[0]);
        return table.Linear(table.Constant(offset), kept.Select(core => new Term(table.Constant(merged[core]), core)));
    }

    public Node Negate(Node value) => Multiply(table.Constant(-1), value);

    public Node Subtract(Node left, Node right) => Add(left, Negate(right));

    public Node Multiply(Node left, Node right)
    {
        if (left.Is(0) || right.Is(0))
            return table.Constant(0);
        var powers = new List<KeyValuePair<Node, int>>();
        var factor = Collect(left, 2, powers) * Collect(right, 2, powers);
        return Product(factor, powers) ?? (left.Id <= right.Id ? table.Apply(Op.Multiply, left, right) : table.Apply(Op.Multiply, right, left));
    }

    public Node Divide(Node left, Node right)
    {
        if (right.Is(0) || left.Is(0))
            return right.Is(0) ? table.Apply(Op.Divide, left, right) : left;
        var powers = new List<KeyValuePair<Node, int>>();
        var factor = Collect(left, 2, powers) * Collect(right, -2, powers);
        return Product(factor, powers) ?? table.Apply(Op.Divide, left, right);
    }

    public Node Reciprocal(Node value) => Divide(table.Constant(1), value);

    public Node Sqrt(Node value)
    {
        var powers = new List<KeyValuePair<Node, int>>();
        var factor = Collect(value, 2, powers);
        if (factor < 0)
            return table.Apply(Op.Sqrt, value);

        // √(ab) is √a√b where one of them is known not to be negative, and √a² is |a|; what is not known stays under one root.
        var (outside, inside) = (new List<KeyValuePair<Node, int>>(), new List<KeyValuePair<Node, int>>());
        foreach (var power in powers)
        {
            if (power.Value % 2 == 0 && ranges.Of(power.Key).IsNonNegative)
                outside.Add(new KeyValuePair<Node, int>(power.Key, power.Value / 2));
            else if (power.Value % 4 == 0)
                outside.Add(new KeyValuePair<Node, int>(Abs(power.Key), power.Value / 2));
            else
                inside.Add(power);
        }

        return Product(Math.Sqrt(factor), outside) is { } rooted && Product(1, inside) is { } rest
            ? rest.Is(1) ? rooted : Multiply(rooted, table.Apply(Op.Sqrt, rest))
            : table.Apply(Op.Sqrt, value);
    }

    public Node Power(Node value, Node exponent)
    {
        if (value.IsConstant && exponent.IsConstant)
            return table.Constant(Math.Pow(value.Value, exponent.Value));
        if (exponent.Is(0))
            return table.Constant(1);
        if (exponent.Is(0.5))
            return Sqrt(value);
        if (exponent.Is(-0.5))
            return Reciprocal(Sqrt(value));
        if (exponent.IsConstant && exponent.Value == Math.Floor(exponent.Value) && Math.Abs(exponent.Value) <= LargestExponent)
        {
            var powers = new List<KeyValuePair<Node, int>>();
            var factor = Collect(value, 2 * (int)exponent.Value, powers);
            return Product(factor, powers) ?? table.Apply(Op.Power, value, exponent);
        }

        return table.Apply(Op.Power, value, exponent);
    }

    public Node Abs(Node value) => ranges.Of(value).IsNonNegative ? value : table.Apply(Op.Abs, value);

    /// <summary>Adds the parts of a value times 1 or -1 to a list: one that is 1 stands for all constants.</summary>
    private void Dissolve(Node value, double sign, List<Term> parts)
    {
        var (factor, core) = AsTerm(value);
        if (core.Op != Op.Linear || Math.Abs(factor.Value) != 1)
        {
            parts.Add(new Term(table.Constant(sign * factor.Value), core));
            return;
        }

        sign *= factor.Value;
        if (!core.Offset.Is(0))
            parts.Add(new Term(table.Constant(sign * core.Offset.Value), table.Constant(1)));
        foreach (var term in core.Terms)
        {
            if (term.Factor.Is(1) || term.Factor.Is(-1))
                Dissolve(term.Core, sign * term.Factor.Value, parts);
            else
                parts.Add(new Term(table.Constant(sign * term.Factor.Value), term.Core));
        }
    }

    /// <summary>A value as a constant times the rest, a constant times 1.</summary>
    private Term AsTerm(Node value) =>
        value.IsConstant ? new Term(value, table.Constant(1))
        : value.Op == Op.Product && value.Value != 1 && Product(1, Powers(value)) is { } product ? new Term(table.Constant(value.Value), product)
        : new Term(table.Constant(1), value);

    /// <summary>True where parts have the same core, and constants are added without rounding: 1e-20 beside 3 would be lost.</summary>
    private static bool MeetExactly(List<Term> parts)
    {
        var constants = parts.Where(part => part.Core.IsConstant).Select(part => part.Factor.Value).ToList();
        var exact = 0.0;
        foreach (var constant in constants)
        {
            var sum = exact + constant;
            if (sum - exact != constant || sum - constant != exact)
                return false;
            exact = sum;
        }

        return parts.Select(part => part.Core).Distinct().Count() < parts.Count;
    }

    /// <summary>True where a term is added after those of a sum, which are added in the order of what they depend on.</summary>
    private static bool IsInOrder(Node sum, Node last) =>
        sum.Op == Op.Linear && sum.Offset.Is(0) && last.Op != Op.Linear && !last.IsConstant && sum.Terms.All(term => term.Core.Cardinality <= last.Cardinality);

    /// <summary>Adds a value's powers, each raised to a power, to a list and returns the power of its constant factor.</summary>
    private static double Collect(Node value, int halves, List<KeyValuePair<Node, int>> powers)
    {
        switch (value.Op)
        {
            case Op.Constant:
                return Math.Pow(value.Value, halves / 2.0);
            case Op.Product:
                powers.AddRange(Powers(value).Select(power => new KeyValuePair<Node, int>(power.Key, power.Value * halves / 2)));
                return Math.Pow(value.Value, halves / 2.0);
            default:
                powers.Add(new KeyValuePair<Node, int>(value, halves));
                return 1;
        }
    }

    private static IEnumerable<KeyValuePair<Node, int>> Powers(Node product) =>
        product.Operands.Select((operand, i) => new KeyValuePair<Node, int>(operand, product.Halves[i]));

    /// <summary>A product of powers, or null where it may leave the range of doubles on the way.</summary>
    private Node? Product(double factor, IEnumerable<KeyValuePair<Node, int>> powers)
    {
        var merged = new List<KeyValuePair<Node, int>>();
        foreach (var power in powers)
        {
            var at = merged.FindIndex(other => other.Key == power.Key);
            if (at < 0)
                merged.Add(power);
            else
                merged[at] = new KeyValuePair<Node, int>(power.Key, merged[at].Value + power.Value);
        }

        merged.RemoveAll(power => power.Value == 0);
        if (factor == 0 || double.IsInfinity(factor) || double.IsNaN(factor))
            return null;
        if (merged.Count == 0)
            return table.Constant(factor);
        if (factor == 1 && merged.Count == 1 && merged[0].Value == 2)
            return merged[0].Key;
        if (!(Math.Abs(factor) == 1 && merged.Count == 1 && merged[0].Value == 2) && !StaysInRange(factor, merged))
            return null;

        // One order makes equal products one node; symbols before composed factors is how it is written by hand.
        return table.Product(factor, merged.OrderBy(power => power.Key.Operands.Length > 0).ThenBy(power => power.Key.Id));
    }

    /// <summary>Whether neither dividend nor divisor can overflow, nor the divisor vanish where no factor of it does.</summary>
    private bool StaysInRange(double factor, List<KeyValuePair<Node, int>> powers)
    {
        var (above, below) = (ranges.Of(table.Constant(factor)).Size, Size.One);
        foreach (var power in powers)
        {
            if (Math.Abs(power.Value) > LargestHalves)
                return false;
            var size = ranges.Of(power.Key).Size.Power(Math.Abs(power.Value) / 2.0);
            (above, below) = power.Value > 0 ? (above.Times(size), below) : (above, below.Times(size));
        }

        return above.Most <= Decades && below.IsWithin(Decades);
    }
}
