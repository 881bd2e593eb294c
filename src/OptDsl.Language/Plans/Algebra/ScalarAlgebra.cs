using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// Scalars in normal form: sums of constants times terms, products of powers. They are evaluated in double once a step or a
/// tensor, so that what is gained here is what elements no longer have to do.
/// </summary>
internal sealed class ScalarAlgebra(NodeTable table, Ranges ranges)
{
    // Beyond this a power is left to the library.
    private const int LargestExponent = 16;

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
        var powers = new List<KeyValuePair<Node, int>>();
        var factor = Collect(left, 2, powers) * Collect(right, 2, powers);
        return Product(factor, powers);
    }

    public Node Divide(Node left, Node right) =>
        right.Is(0) ? table.Apply(Op.Divide, left, right) : Multiply(left, Reciprocal(right));

    public Node Reciprocal(Node value)
    {
        if (value.Is(0))
            return table.Apply(Op.Divide, table.Constant(1), value);
        var powers = new List<KeyValuePair<Node, int>>();
        var factor = Collect(value, -2, powers);
        return Product(factor, powers);
    }

    public Node Sqrt(Node value)
    {
        var powers = new List<KeyValuePair<Node, int>>();
        var factor = Collect(value, 2, powers);
        if (factor < 0)
            return table.Apply(Op.Sqrt, value);

        // √(ab) is √a√b where one of them is known not to be negative; what is not known stays under one root.
        var (outside, inside) = (new List<KeyValuePair<Node, int>>(), new List<KeyValuePair<Node, int>>());
        foreach (var power in powers)
            (power.Value % 2 == 0 && ranges.Of(power.Key).IsNonNegative ? outside : inside).Add(power);
        var rooted = Product(Math.Sqrt(factor), outside.Select(power => new KeyValuePair<Node, int>(power.Key, power.Value / 2)));
        return inside.Count == 0 ? rooted : Multiply(rooted, table.Apply(Op.Sqrt, Product(1, inside)));
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
            return Product(factor, powers);
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
            case Op.Linear:
                var offset = factor * value.Offset.Value;
                foreach (var term in value.Terms)
                    offset += Collect(term.Core, factor * term.Factor.Value, terms);
                return offset;
            case Op.Product when value.Value != 1:
                return Collect(Product(1, Powers(value)), factor * value.Value, terms);
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

    private Node Product(double factor, IEnumerable<KeyValuePair<Node, int>> powers)
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
        if (factor == 0 || merged.Count == 0)
            return table.Constant(factor);
        if (factor == 1 && merged.Count == 1 && merged[0].Value == 2)
            return merged[0].Key;

        // One order makes equal products one node; symbols before composed factors is how it is written by hand.
        return table.Product(factor, merged.OrderBy(power => power.Key.Operands.Length > 0).ThenBy(power => power.Key.Id));
    }
}
