namespace OptDsl.Language.Plans.Graph;

/// <summary>What a <see cref="Node"/> computes.</summary>
internal enum Op
{
    /// <summary>The constant <see cref="Node.Value"/>.</summary>
    Constant,

    /// <summary>The hyper-parameter <see cref="Node.Symbol"/>.</summary>
    Hyper,

    /// <summary>The step, from 1.</summary>
    Step,

    /// <summary>The number of elements of the tensor, or of all tensors of the group: that is its <see cref="Node.Shape"/>.</summary>
    Count,

    /// <summary>The gradient.</summary>
    Gradient,

    /// <summary>The stored <see cref="Node.Symbol"/> before this step.</summary>
    Old,

    /// <summary>The stored <see cref="Node.Symbol"/> after this step: its operand, which rewriting does not look into.</summary>
    New,

    /// <summary>The sum of the operand over the tensor, or over the group.</summary>
    Sum,

    /// <summary>The sum of the products of the operands over the tensor, or over the group.</summary>
    Dot,

    /// <summary>The largest magnitude of the operand over the tensor, or over the group.</summary>
    MaxAbs,

    /// <summary>A sum in normal form: an offset, then pairs of a scalar factor and a term.</summary>
    Linear,

    /// <summary>A product of scalars in normal form: <see cref="Node.Value"/> times the operands to their exponents.</summary>
    Product,

    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Negate,

    /// <summary>The product of the first two operands plus the third, rounded once where the machine can.</summary>
    MultiplyAdd,

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

    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Not,

    /// <summary>The second operand where the first is not 0, else the third.</summary>
    Select,
}

internal static class Ops
{
    /// <summary>True for values that are 1 or 0.</summary>
    public static bool IsCondition(this Op op) => op is >= Op.Less and <= Op.Not;

    /// <summary>True for values over whole tensors, known after a pass over them.</summary>
    public static bool IsReduction(this Op op) => op is Op.Sum or Op.Dot or Op.MaxAbs;
}
