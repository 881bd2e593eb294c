using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// One operation on registers. An operand that the operation does not have is register 0. A register holds one value, or as
/// many as the tensors have elements.
/// Where it <paramref name="Rounds"/>, the result is a tensor, so that operands and result are values of the element format.
/// </summary>
internal readonly record struct Instruction(Op Op, int Target, int First, int Second, int Third, bool Rounds)
{
    public bool IsReduction => Op.IsOverTensor();

    /// <summary>True for a reduction over all tensors of the group.</summary>
    public bool OverGroup { get; init; }
}
