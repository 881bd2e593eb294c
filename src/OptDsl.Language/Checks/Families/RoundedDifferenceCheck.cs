using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT315. Proves by example: where a state has the value beside its own that its memory has, a step is no number, or a divisor is smaller by far than
/// in any step without rounding.
/// </summary>
internal sealed class RoundedDifferenceCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.RoundedDifference];

    public override bool NeedsUpdate => true;

    public override bool SeesChoices => true;

    public override void Run(LintContext context)
    {
        if (!context.Model.States.Any(IsNarrow))
            return;
        var operands = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).Select(Restricted).OfType<Expr>().ToList();
        var states = context.Model.States.Where(state => IsNarrow(state) && operands.Any(operand => IsSubtracted(context, state, operand))).ToList();
        if (states.Count == 0)
            return;
        foreach (var (state, message) in RoundingTrial.Run(context, states, [.. operands.Where(operand => states.Any(state => Reads(context, operand, state)))]))
            context.Report(LintIds.RoundedDifference, state, message);
    }

    /// <summary>The operand of an operation that is not made for all values; null of one that is.</summary>
    public static Expr? Restricted(Expr operation) => operation switch
    {
        BinaryExpr { Operator: Op.Divide } quotient => quotient.Right,
        BinaryExpr { Operator: Op.Power, Right: not NumberExpr { Value: > 0 and <= int.MaxValue } } power => power.Left,
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: var exponent } } power when exponent != Math.Floor(exponent) => power.Left,
        CallExpr { Function: Op.Sqrt or Op.Ln } call => call.Arguments[0],
        _ => null,
    };

    private static bool IsNarrow(StateSymbol state) => state is { IsScalar: false, Source.Storage: not StateStorage.Element };

    private static bool Reads(LintContext context, Expr expression, StateSymbol state) => context.Dependence.Reads(expression).Contains(state);

    /// <summary>True where a part of the operand takes something of the state away, or something from it.</summary>
    private static bool IsSubtracted(LintContext context, StateSymbol state, Expr operand)
    {
        var (seen, pending) = (new HashSet<Definition>(), new Stack<Expr>([operand]));
        while (pending.Count > 0)
        {
            foreach (var node in Expressions.Nodes(pending.Pop()))
            {
                if (node is BinaryExpr { Operator: Op.Subtract } or UnaryExpr { Operator: Op.Negate } && Reads(context, node, state))
                    return true;
                if (node is DefinedExpr { Definition: var definition } && seen.Add(definition))
                    pending.Push(definition.Value);
            }
        }

        return false;
    }
}
