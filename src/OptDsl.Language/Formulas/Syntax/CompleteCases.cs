using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Whether conditions leave nothing out: <c>x &gt; 0</c>, <c>x = 0</c> and <c>x &lt; 0</c> are all there is.</summary>
internal static class CompleteCases
{
    [Flags]
    private enum Order
    {
        None = 0,
        Less = 1,
        Equal = 2,
        Greater = 4,
        All = Less | Equal | Greater,
    }

    /// <summary>More comparisons of different values than these are not looked through.</summary>
    private const int MostPairs = 5;

    /// <param name="conditions">The conditions.</param>
    /// <param name="step">The symbol of the step, which is never before the first.</param>
    /// <param name="firstStep">What the step is at first.</param>
    public static bool Are(ImmutableArray<ExprSyntax> conditions, string step, string firstStep)
    {
        var pairs = new List<(string Left, string Right)>();
        var tests = new List<Func<Order[], bool>>();
        foreach (var condition in conditions)
        {
            if (TestOf(condition, pairs) is not { } test || pairs.Count > MostPairs)
                return false;
            tests.Add(test);
        }

        var orders = new Order[pairs.Count];
        var all = (int)Math.Pow(3, pairs.Count);
        for (var number = 0; number < all; number++)
        {
            for (var (i, rest) = (0, number); i < orders.Length; i++, rest /= 3)
                orders[i] = (Order)(1 << (rest % 3));
            var isBeforeFirst = step != "" && Enumerable.Range(0, orders.Length).Any(i => orders[i] == Order.Less && pairs[i].Right == firstStep && pairs[i].Left == $"{step}_^");
            if (!isBeforeFirst && !tests.Any(test => test(orders)))
                return false;
        }

        return true;
    }

    /// <summary>Whether a condition holds, by how the values of each pair are ordered; null where it is more than comparisons.</summary>
    private static Func<Order[], bool>? TestOf(ExprSyntax condition, List<(string Left, string Right)> pairs)
    {
        switch (Unwrap(condition))
        {
            case BinarySyntax { Operator: Op.And or Op.Or } both when TestOf(both.Left, pairs) is { } left && TestOf(both.Right, pairs) is { } right:
                return both.Operator == Op.And ? orders => left(orders) && right(orders) : orders => left(orders) || right(orders);
            case UnarySyntax { Operator: Op.Not } not when TestOf(not.Operand, pairs) is { } inner:
                return orders => !inner(orders);
            case BinarySyntax comparison when OrderOf(comparison.Operator) is { } order:
                var (first, second) = (Key(comparison.Left), Key(comparison.Right));
                var index = pairs.IndexOf((first, second));
                if (index < 0 && pairs.IndexOf((second, first)) is >= 0 and var mirrored)
                    (index, order) = (mirrored, Mirrored(order));
                if (index < 0)
                {
                    index = pairs.Count;
                    pairs.Add((first, second));
                }

                return orders => (orders[index] & order) != 0;
            default:
                return null;
        }
    }

    private static Order? OrderOf(Op comparison) => comparison switch
    {
        Op.Less => Order.Less,
        Op.LessOrEqual => Order.Less | Order.Equal,
        Op.Greater => Order.Greater,
        Op.GreaterOrEqual => Order.Greater | Order.Equal,
        Op.Equal => Order.Equal,
        Op.NotEqual => Order.Less | Order.Greater,
        _ => null,
    };

    private static Order Mirrored(Order order) =>
        (order & Order.Equal) | (order.HasFlag(Order.Less) ? Order.Greater : 0) | (order.HasFlag(Order.Greater) ? Order.Less : 0);

    private static ExprSyntax Unwrap(ExprSyntax syntax) => syntax is GroupSyntax group ? Unwrap(group.Inner) : syntax;

    /// <summary>Equal for expressions that are written alike.</summary>
    private static string Key(ExprSyntax syntax) => syntax switch
    {
        GroupSyntax group => Key(group.Inner),
        NumberSyntax number => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        NameSyntax name => $"{name.Letters}_{string.Join(",", name.Subscripts.Select(part => part.Text + part.Offset))}^{name.TimeIndex?.Offset}",
        BinarySyntax binary => $"({Key(binary.Left)} {binary.Operator} {Key(binary.Right)})",
        UnarySyntax unary => $"({unary.Operator} {Key(unary.Operand)})",
        ProductSyntax product => $"({string.Join(" ", product.Factors.Select(Key))})",
        PowerSyntax power => $"({Key(power.Base)}^{Key(power.Exponent)})",
        RootSyntax root => $"√({Key(root.Operand)}, {(root.Degree is null ? "2" : Key(root.Degree))})",
        AbsoluteSyntax absolute => $"|{Key(absolute.Inner)}|",
        NormSyntax norm => $"‖{Key(norm.Inner)}‖{norm.Kind}{(norm.Order is null ? "" : Key(norm.Order))}",
        ApplySyntax apply => $"{Key(apply.Name)}({string.Join(",", apply.Arguments.Select(Key))})",
        NablaSyntax => "∇",
        _ => $"#{syntax.Span.Start}",
    };
}
