using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Writes a model with every bracket, so that equal texts mean equal models whatever the notation was.</summary>
internal static class ModelText
{
    public static string Of(RuleModel model) =>
        string.Join("\n", model.Definitions.Select(definition => $"{Role(model, definition.Target)} = {Of(model, definition.Value)}"));

    public static string Of(RuleModel model, Expr expression) => expression switch
    {
        NumberExpr number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        HyperExpr hyper => hyper.Symbol.Name,
        StepExpr => "t",
        GradientExpr => "g",
        OldExpr old => "old:" + Role(model, old.Symbol),
        DefinedExpr defined => "new:" + Role(model, defined.Definition.Target),
        UnaryExpr unary => $"({unary.Operator} {Of(model, unary.Operand)})",
        BinaryExpr binary => $"({Of(model, binary.Left)} {binary.Operator} {Of(model, binary.Right)})",
        CallExpr call => $"{call.Function}({string.Join(", ", call.Arguments.Select(argument => Of(model, argument)))})",
        ReduceExpr reduce => $"{(reduce.OverGroup ? "group " : "")}{reduce.Reduction}({string.Join(", ", reduce.Arguments.Select(argument => Of(model, argument)))})",
        MatrixExpr matrix => $"{matrix.Function}[{matrix.Cardinality.Dimensions()}]({string.Join(", ", matrix.Arguments.Select(argument => Of(model, argument)))})",
        DimensionExpr dimension => dimension.Dimension.ToString(),
        ConditionalExpr conditional =>
            $"({Of(model, conditional.Condition)} ? {Of(model, conditional.WhenTrue)} : {Of(model, conditional.WhenFalse)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    /// <summary>The parameter is W whatever the rule calls it.</summary>
    private static string Role(RuleModel model, Symbol symbol) => symbol == model.Parameter ? "W" : symbol.Name;
}
