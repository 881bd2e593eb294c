using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// One operation on registers. An operand that the operation does not have is register 0. A register holds as
/// many values as its shape says.
/// Where it <paramref name="Rounds"/>, the result is a tensor, so that operands and result are values of the element format.
/// </summary>
internal readonly record struct Instruction(InstructionForm Form, Op Op, int Target, int First, int Second, int Third, bool Rounds)
{
    public bool IsReduction => Form == InstructionForm.Reduction;

    /// <summary>True for a function of matrices, and for the dimensions of the parameter.</summary>
    public bool IsOfMatrices => Form == InstructionForm.Matrices;

    /// <summary>True for a reduction over all tensors of the group.</summary>
    public bool OverGroup { get; init; }
}
