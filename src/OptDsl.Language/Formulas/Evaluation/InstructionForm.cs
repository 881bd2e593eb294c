namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>How an instruction goes over its registers.</summary>
internal enum InstructionForm
{
    /// <summary>Value by value: each operand has as many as the result, or one that stands for all.</summary>
    Aligned,

    /// <summary>Value by value, some operand a row or a column of the result.</summary>
    Spread,

    /// <summary>One number of all values.</summary>
    Reduction,

    /// <summary>A function of matrices, or a dimension of the parameter.</summary>
    Matrices,
}
