using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// Runs a rule step by step on the tensors of a group, in lockstep: the reference for what formulas mean that take functions over
/// all tensors of a group.
/// </summary>
/// <param name="program">The rule.</param>
/// <param name="tensors">A run of the rule for each tensor, all with the same hyper-parameters.</param>
internal sealed class GroupRun(RuleProgram program, ImmutableArray<RuleRun> tensors)
{
    public ImmutableArray<RuleRun> Tensors { get; } = tensors;

    /// <summary>One step.</summary>
    /// <param name="gradients">The gradient of each tensor.</param>
    public void Step(IReadOnlyList<double[]> gradients)
    {
        for (var i = 0; i < Tensors.Length; i++)
            Tensors[i].Begin(gradients[i]);
        foreach (var instruction in program.Step)
        {
            foreach (var tensor in Tensors)
                tensor.Execute(instruction);
            if (instruction.OverGroup)
                Combine(instruction);
        }

        foreach (var tensor in Tensors)
            tensor.End();
    }

    /// <summary>Every tensor has reduced its own elements; all of them get what that makes together.</summary>
    private void Combine(Instruction instruction)
    {
        var value = Combine(instruction.Op, tensor => tensor.Register(instruction.Target));
        foreach (var tensor in Tensors)
            tensor.Register(instruction.Target)[0] = value;
        if (Tensors.Any(tensor => tensor.Bounds is null))
            return;
        var error = Combine(instruction.Op, tensor => tensor.Bounds!.Register(instruction.Target));
        foreach (var tensor in Tensors)
            tensor.Bounds!.Register(instruction.Target)[0] = error;
    }

    private double Combine(Op operation, Func<RuleRun, double[]> part)
    {
        var parts = Tensors.Select(tensor => part(tensor)[0]).ToArray();
        return operation switch
        {
            Op.MaxAbs => parts.Max(),
            Op.Norm => Reductions.Norm(parts, parts, parts.Length),
            _ => Reductions.Sum(parts, parts, parts.Length),
        };
    }
}
