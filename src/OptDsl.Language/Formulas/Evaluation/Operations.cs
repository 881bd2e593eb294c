using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>From the model's operators and functions to operations.</summary>
internal static class Operations
{
    public static Operation Of(BinaryOperator value) => value switch
    {
        BinaryOperator.Add => Operation.Add,
        BinaryOperator.Subtract => Operation.Subtract,
        BinaryOperator.Multiply => Operation.Multiply,
        BinaryOperator.Divide => Operation.Divide,
        BinaryOperator.Power => Operation.Power,
        BinaryOperator.Less => Operation.Less,
        BinaryOperator.LessOrEqual => Operation.LessOrEqual,
        BinaryOperator.Greater => Operation.Greater,
        BinaryOperator.GreaterOrEqual => Operation.GreaterOrEqual,
        BinaryOperator.Equal => Operation.Equal,
        BinaryOperator.NotEqual => Operation.NotEqual,
        BinaryOperator.And => Operation.And,
        BinaryOperator.Or => Operation.Or,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    public static Operation Of(ElementFunction value) => value switch
    {
        ElementFunction.Sqrt => Operation.Sqrt,
        ElementFunction.Cbrt => Operation.Cbrt,
        ElementFunction.Abs => Operation.Abs,
        ElementFunction.Sign => Operation.Sign,
        ElementFunction.Exp => Operation.Exp,
        ElementFunction.Ln => Operation.Ln,
        ElementFunction.Sin => Operation.Sin,
        ElementFunction.Cos => Operation.Cos,
        ElementFunction.Tanh => Operation.Tanh,
        ElementFunction.Sigmoid => Operation.Sigmoid,
        ElementFunction.Floor => Operation.Floor,
        ElementFunction.Atan2 => Operation.Atan2,
        ElementFunction.Min => Operation.Min,
        ElementFunction.Max => Operation.Max,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    public static Operation Of(Reduction value) => value switch
    {
        Reduction.Sum => Operation.Sum,
        Reduction.Dot => Operation.Dot,
        Reduction.Norm => Operation.Norm,
        Reduction.MaxAbs => Operation.MaxAbs,
        Reduction.Count => Operation.Count,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
