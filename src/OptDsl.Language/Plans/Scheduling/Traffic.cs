using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Scheduling;

/// <summary>How many tensors a step reads and writes with the defaults of the hyper-parameters.</summary>
internal sealed class Traffic(NodeTable table)
{
    public int Of(ImmutableArray<Pass> passes) => passes.Where(pass => MayHold(pass.When)).Sum(Of);

    /// <summary>False for conditions that do not hold with the defaults.</summary>
    public bool MayHold(Guard guard) => !guard.Conditions.Any(condition => Value(condition.Node) is { } value && value != 0 != condition.IsOn);

    private int Of(Pass pass)
    {
        var guards = new Guards(pass);
        return pass.ElementNodes().Count(node => pass.IsLoad(node) && guards.IsNeeded(node) && MayHold(guards.Of(node)))
            + pass.Stores.Count(store => MayHold(guards.StoreGuard(store)));
    }

    /// <summary>The value of a condition, or null where the defaults do not settle it.</summary>
    private double? Value(Node node) => node switch
    {
        { Op: Op.Constant } => node.Value,
        { Op: Op.Hyper, Symbol: HyperSymbol { Source.Type: not HyperType.Schedule } hyper } => hyper.Source.Default ?? 0,
        { Op: Op.And } when node.Operands.Any(operand => Value(operand) == 0) => 0,
        { Op: Op.Or } when node.Operands.Any(operand => Value(operand) is { } value && value != 0) => 1,
        { Operands.Length: 1 } => Value(node.Operands[0]) is { } value ? Folding.Fold(node.Op, table.Constant(value)) : null,
        { Operands.Length: 2 } when node.Op.IsCondition() =>
            Value(node.Operands[0]) is { } first && Value(node.Operands[1]) is { } second ? Folding.Fold(node.Op, table.Constant(first), table.Constant(second)) : null,
        _ => null,
    };
}
