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

    public Node Add(Node left, Node right)
    {
        var terms = new List<Term>();
        var offset = Collect(left, 1, terms) + Collect(right, 1, terms);
        var merged = new Dictionary<Node, double>();
        var order = new List<Node>();
        foreach (var term in terms)
        {
            if (!merged.ContainsKey(term.Core))
                order.Add(term.Core);
            merged[term.Core] = (merged.TryGetValue(term.Core, out var factor) ? factor : 0) + term.Factor.Value;
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

    /// <summary>Adds a value's terms times a factor to a list and returns its constant part.</summary>
    private double Collect(Node value, double factor, List<Term> terms)
    {
        switch (value.Op)
        {
            case Op.Constant:
                return factor * value.Value;
            case Op.Linear when Math.Abs(factor) == 1 || ranges.Of(value).Size.Times(ranges.Of(table.Constant(factor)).Size).Most <= Decades:
                var offset = factor * value.Offset.Value;
                foreach (var term in value.Terms)
                    offset += Collect(term.Core, factor * term.Factor.Value, terms);
                return offset;
            case Op.Product when value.Value != 1 && Product(1, Powers(value)) is { } product:
                return Collect(product, factor * value.Value, terms);
            default:
                terms.Add(new Term(table.Constant(factor), value));
                return 0;
        }
    }

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
