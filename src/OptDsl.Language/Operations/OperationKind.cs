namespace OptDsl.Language.Operations;

/// <summary>The families of operations: what an operation is applied to, and how it is written.</summary>
internal enum OperationKind
{
    /// <summary>Numbers to a number, written with a sign.</summary>
    Arithmetic,

    /// <summary>Two numbers to 1 or 0.</summary>
    Comparison,

    /// <summary>Conditions to 1 or 0.</summary>
    Logic,

    /// <summary>A condition and two numbers to one of them.</summary>
    Choice,

    /// <summary>Numbers to a number, element by element, written as a call.</summary>
    Function,

    /// <summary>A tensor, or all tensors of a group, to a number, written as a call.</summary>
    Reduction,

    /// <summary>Matrices to a matrix or a number, written as a call or, as products and transposes are, with a sign.</summary>
    Matrix,

    /// <summary>A dimension of the parameter, a number.</summary>
    Dimension,

    /// <summary>What formulas do not write: the leaves and normal forms of plans.</summary>
    Form,
}
