namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>What an instruction computes from its operands; the element-wise ones come first.</summary>
internal enum Operation
{
    Copy,
    Negate,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Sqrt,
    Cbrt,
    Abs,
    Sign,
    Exp,
    Ln,
    Sin,
    Cos,
    Tanh,
    Sigmoid,
    Floor,
    Atan2,
    Min,
    Max,
    Select,
    Sum,
    Dot,
    Norm,
    MaxAbs,
    Count,
}

/// <summary>
/// One operation on registers. An operand that the operation does not have is register 0. A register holds one value, or as
/// many as the tensors have elements.
/// Where it <paramref name="Rounds"/>, the result is a tensor, so that operands and result are values of the element format.
/// </summary>
internal readonly record struct Instruction(Operation Operation, int Target, int First, int Second, int Third, bool Rounds)
{
    public bool IsReduction => Operation >= Operation.Sum;

    /// <summary>True for a reduction over all tensors of the group.</summary>
    public bool OverGroup { get; init; }
}
