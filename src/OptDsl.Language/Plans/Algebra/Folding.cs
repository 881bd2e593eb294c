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
        return first.IsConstant && second.IsConstant && IsExact(op) ? OperationTable.Of(op).Value!(first.Value, second.Value, 0) : null;
    }

    /// <summary>The value of an operation on one operand, or null.</summary>
    public static double? Fold(Op op, Node operand) => operand.IsConstant && IsExact(op) ? OperationTable.Of(op).Value!(operand.Value, 0, 0) : null;

    /// <summary>True where every machine gives the same bits.</summary>
    private static bool IsExact(Op op) => op is Op.Add or Op.Subtract or Op.Multiply or Op.Divide or Op.Negate or Op.Abs or Op.Sqrt or Op.Min or Op.Max
        or Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual or Op.Equal or Op.NotEqual or Op.And or Op.Or or Op.Not;
}
