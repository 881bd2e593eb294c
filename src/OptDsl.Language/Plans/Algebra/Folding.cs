using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>Operations whose result is known without computing, to the last bit.</summary>
internal static class Folding
{
    /// <summary>The value of an operation on two operands, or null.</summary>
    public static double? Fold(Op op, Node first, Node second)
    {
        if (first == second && op is Op.Less or Op.Greater)
            return 0;
        if (!first.IsConstant || !second.IsConstant)
            return null;
        var (x, y) = (first.Value, second.Value);
        return op switch
        {
            Op.Add => x + y,
            Op.Subtract => x - y,
            Op.Multiply => x * y,
            Op.Divide => x / y,
            Op.Less => Number(x < y),
            Op.LessOrEqual => Number(x <= y),
            Op.Greater => Number(x > y),
            Op.GreaterOrEqual => Number(x >= y),
            Op.Equal => Number(x == y),
            Op.NotEqual => Number(x != y),
            Op.And => Number(x != 0 && y != 0),
            Op.Or => Number(x != 0 || y != 0),
            Op.Min => Math.Min(x, y),
            Op.Max => Math.Max(x, y),
            _ => null,
        };
    }

    /// <summary>The value of an operation on one operand, or null.</summary>
    public static double? Fold(Op op, Node operand) => (op, operand.IsConstant) switch
    {
        (Op.Negate, true) => -operand.Value,
        (Op.Not, true) => Number(operand.Value == 0),
        (Op.Abs, true) => Math.Abs(operand.Value),
        (Op.Sqrt, true) => Math.Sqrt(operand.Value),
        _ => null,
    };

    private static double Number(bool condition) => condition ? 1 : 0;
}
