namespace OptDsl.Language.Operations;

/// <summary>The operations: of formulas, of the interpreter's instructions and of the values of a plan.</summary>
internal enum Op
{
    Negate,

    /// <summary>1 where the operand is 0, else 0.</summary>
    Not,

    Add,
    Subtract,
    Multiply,
    Divide,
    Power,

    /// <summary>Comparisons, <see cref="And"/>, <see cref="Or"/> and <see cref="Not"/> give 1 or 0; a condition holds where it is not 0.</summary>
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,

    /// <summary>The second operand where the first is not 0, else the third.</summary>
    Select,

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
    Erf,
    Floor,
    Atan2,
    Min,
    Max,

    /// <summary>The sum of the operand over the tensor, or over the group.</summary>
    Sum,

    /// <summary>The sum of the products of the operands over the tensor, or over the group.</summary>
    Dot,

    /// <summary>The Euclidean norm: a function of its own because it must not overflow where its value does not.</summary>
    Norm,

    /// <summary>The largest magnitude of the operand over the tensor, or over the group.</summary>
    MaxAbs,

    /// <summary>The number of elements of the tensor, or of all tensors of the group; its argument is not evaluated.</summary>
    Count,

    /// <summary>How many rows the parameter has, as a matrix.</summary>
    Rows,

    /// <summary>How many columns the parameter has, as a matrix.</summary>
    Columns,

    /// <summary>How many dimensions the parameter has.</summary>
    Rank,

    /// <summary>The unit matrix.</summary>
    Identity,

    /// <summary>The matrix product of the operands.</summary>
    MatrixProduct,

    Transpose,

    /// <summary>The sum of each row.</summary>
    RowSum,

    /// <summary>The Euclidean norm of each row.</summary>
    RowNorm,

    /// <summary>The largest value of each row.</summary>
    RowMax,

    /// <summary>The sum of each column.</summary>
    ColumnSum,

    /// <summary>The Euclidean norm of each column.</summary>
    ColumnNorm,

    /// <summary>The largest value of each column.</summary>
    ColumnMax,

    /// <summary>The sum of the diagonal of a square matrix.</summary>
    Trace,

    /// <summary>The diagonal of a square matrix, a value a row of it.</summary>
    Diagonal,

    /// <summary>The orthogonal factor of the polar decomposition: all singular values other than 0 made 1.</summary>
    PolarFactor,

    /// <summary>
    /// Steps of X := aX + (bA + cA²)X with A = XXᵀ: of the first operand, with the coefficients that the second names, as often as the third
    /// says.
    /// </summary>
    NewtonSchulz,

    /// <summary>The inverse of the root, of the order that the second operand says, of a symmetric matrix without negative eigenvalues.</summary>
    InverseRoot,

    /// <summary>The eigenvectors of a symmetric matrix, as columns, by eigenvalues from the largest down.</summary>
    Eigenvectors,

    /// <summary>The orthogonal factor of the QR decomposition of a square matrix.</summary>
    Orthogonal,

    /// <summary>The permutation matrix whose product with a matrix from the left orders its columns by a column of numbers, from the largest down.</summary>
    Ordering,

    /// <summary>The operand, as one value an element where it is a single one.</summary>
    Copy,

    /// <summary>The product of the first two operands plus the third, rounded once where the machine can.</summary>
    MultiplyAdd,

    /// <summary>A sum in normal form: an offset, then pairs of a scalar factor and a term.</summary>
    Linear,

    /// <summary>A product of scalars in normal form: a constant times the operands to their exponents.</summary>
    Product,

    /// <summary>A constant.</summary>
    Constant,

    /// <summary>A hyper-parameter.</summary>
    Hyper,

    /// <summary>The step, from 1.</summary>
    Step,

    /// <summary>The gradient.</summary>
    Gradient,

    /// <summary>A stored value before this step.</summary>
    Old,

    /// <summary>A stored value after this step: its operand, which rewriting does not look into.</summary>
    New,
}

internal static class Ops
{
    /// <summary>True for values that are 1 or 0.</summary>
    public static bool IsCondition(this Op op) => OperationTable.Of(op).Kind is OperationKind.Comparison or OperationKind.Logic;

    /// <summary>True for functions of a whole tensor.</summary>
    public static bool IsOverTensor(this Op op) => OperationTable.Of(op).Kind == OperationKind.Reduction;

    /// <summary>True for values over whole tensors, known after a pass over them.</summary>
    public static bool IsReduction(this Op op) => op is Op.Sum or Op.Dot or Op.Norm or Op.MaxAbs;
}
