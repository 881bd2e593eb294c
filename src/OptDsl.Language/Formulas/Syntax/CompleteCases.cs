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

    /// <param name="conditions">The conditions.</param>
    /// <param name="step">The symbol of the step, which is never before the first.</param>
    /// <param name="firstStep">What the step is at first.</param>
    public static bool Are(ImmutableArray<ExprSyntax> conditions, string step, string firstStep)
    {
        var sides = default((string Left, string Right)?);
        var covered = Order.None;
        foreach (var condition in conditions)
        {
            if (Unwrap(condition) is not BinarySyntax comparison || OrderOf(comparison.Operator) is not { } order)
                return false;
            var (left, right) = (Key(comparison.Left), Key(comparison.Right));
            sides ??= (left, right);
            if (sides == (right, left) && left != right)
                order = Mirrored(order);
            else if (sides != (left, right))
                return false;
            covered |= order;
        }

        var isFromFirst = step != "" && sides is var (name, number) && number == firstStep && name == $"{step}_^";
        return covered == Order.All || (isFromFirst && covered == (Order.Equal | Order.Greater));
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
