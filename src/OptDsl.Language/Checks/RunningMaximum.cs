using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks;

/// <summary>Finds the states that keep the largest value of all steps.</summary>
internal static class RunningMaximum
{
    /// <summary>True if a state of the rule does.</summary>
    public static bool IsKept(RuleModel model) => model.States.Any(state => model.Final(state) is { } final && IsOf(final.Value, state));

    private static bool IsOf(Expr value, StateSymbol state) => value switch
    {
        CallExpr { Function: Op.Max } maximum => maximum.Arguments.Any(argument => argument is OldExpr old && old.Symbol.Equals(state)),
        ConditionalExpr { Condition: BinaryExpr { Operator: Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual } } choice =>
            new[] { choice.WhenTrue, choice.WhenFalse }.Any(branch => branch is OldExpr old && old.Symbol.Equals(state)),
        _ => false,
    };
}
