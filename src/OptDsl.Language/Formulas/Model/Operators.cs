namespace OptDsl.Language.Formulas.Model;

internal enum UnaryOperator
{
    Negate,

    /// <summary>1 where the operand is 0, else 0.</summary>
    Not,
}

/// <summary>Comparisons, <see cref="And"/> and <see cref="Or"/> give 1 or 0; a condition holds where it is not 0.</summary>
internal enum BinaryOperator
{
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
}

/// <summary>
/// Functions of elements. Other spellings are bound to these or to operators: rsqrt(x) is 1 / Sqrt, square(x) is x * x, clip and
/// clamp are Min(Max(x, low), high), where(c, a, b) is a conditional, pow is <see cref="BinaryOperator.Power"/>, log is Ln.
/// </summary>
internal enum ElementFunction
{
    Sqrt,
    Cbrt,
    Abs,

    /// <summary>-1, 0 or 1; 0 for 0 and for NaN.</summary>
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
}

/// <summary>
/// Functions of a whole tensor, with one value. mean(x) is Sum / Count, rms(x) is √(mean of squares), dot(a, b) is Sum of a * b,
/// norm1(x) is Sum of |x|; <see cref="Norm"/> is kept apart because it must not overflow where its value does not.
/// </summary>
internal enum Reduction
{
    Sum,

    /// <summary>The sum of products of the two arguments.</summary>
    Dot,
    Norm,
    MaxAbs,

    /// <summary>The number of elements; its argument is not evaluated.</summary>
    Count,
}
