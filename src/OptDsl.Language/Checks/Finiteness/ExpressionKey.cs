using System.Globalization;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>A text that is equal for expressions that say the same of one step, wherever they stand.</summary>
internal static class ExpressionKey
{
    public static string Of(Expr expression) => expression switch
    {
        NumberExpr number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        HyperExpr hyper => $"h{hyper.Symbol.Index}",
        StepExpr => "t",
        GradientExpr => "g",
        OldExpr old => $"o{(old.Symbol is StateSymbol state ? state.Index : -1)}",
        DefinedExpr { Definition: { Target: LocalSymbol, Value: var value } } => Of(value),
        DefinedExpr defined => $"d{defined.Definition.Index}",
        UnaryExpr unary => $"({unary.Operator} {Of(unary.Operand)})",
        BinaryExpr binary => $"({binary.Operator} {Of(binary.Left)} {Of(binary.Right)})",
        CallExpr call => $"({call.Function} {string.Join(" ", call.Arguments.Select(Of))})",
        ReduceExpr reduction => $"({reduction.Reduction} {reduction.OverGroup} {string.Join(" ", reduction.Arguments.Select(Of))})",
        ConditionalExpr choice => $"(? {Of(choice.Condition)} {Of(choice.WhenTrue)} {Of(choice.WhenFalse)})",
        _ => expression.GetHashCode().ToString(CultureInfo.InvariantCulture),
    };
}
